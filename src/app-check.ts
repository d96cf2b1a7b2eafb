import { ALL_FUNCTIONS } from './rendering/functions/all-functions.ts';
import { CONSUL_FUNCTIONS } from './rendering/functions/consul.ts';
import { KEY_FUNCTIONS } from './rendering/functions/keys.ts';
import { isRefused } from './rendering/functions/refused.ts';
import { type TemplateReport, templateReport } from './rendering/template-report.ts';

/** What `portolan check` finds. Plain data. */
export type CheckReport = TemplateReport;

const READERS = new Set([...Object.keys(CONSUL_FUNCTIONS), ...Object.keys(KEY_FUNCTIONS), 'file']);

/** What can be told of a template without asking anybody. */
export function checkTemplate(text: string): CheckReport {
  return templateReport(text, { functions: ALL_FUNCTIONS, readers: READERS, isRefused });
}
