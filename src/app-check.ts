import { CONSUL_FUNCTIONS } from './rendering/functions/consul.ts';
import { KEY_FUNCTIONS } from './rendering/functions/keys.ts';
import { isRefused, REFUSED_FUNCTIONS } from './rendering/functions/refused.ts';
import { type TemplateReport, templateReport } from './rendering/template-report.ts';

/** What `portolan check` finds. Plain data. */
export type CheckReport = TemplateReport;

const READERS = new Set([...Object.keys(CONSUL_FUNCTIONS), ...Object.keys(KEY_FUNCTIONS), 'file']);

/** What can be told of a template without asking anybody. */
export function checkTemplate(text: string): CheckReport {
  const functions = { ...CONSUL_FUNCTIONS, ...KEY_FUNCTIONS, ...REFUSED_FUNCTIONS };
  return templateReport(text, { functions, readers: READERS, isRefused });
}
