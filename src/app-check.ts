import { createConsulCatalog } from './adapters/consul/catalog-source.ts';
import type { ConsulEndpoint } from './adapters/consul/endpoint.ts';
import { createConsulQueries } from './adapters/consul/query-source.ts';
import { createConsulRegistry } from './adapters/consul/service-registry.ts';
import { createFileSource } from './adapters/files/watched-file.ts';
import { consulEndpoint } from './app-consul-endpoint.ts';
import type { RegistryAddress } from './config/registry-address.ts';
import type { Clock } from './lib/clock.ts';
import { PortolanError } from './lib/errors.ts';
import { createCatalogData } from './rendering/catalog-data.ts';
import { ALL_FUNCTIONS } from './rendering/functions/all-functions.ts';
import { CONSUL_FUNCTIONS } from './rendering/functions/consul.ts';
import { KEY_FUNCTIONS } from './rendering/functions/keys.ts';
import { NESTING_FUNCTIONS } from './rendering/functions/nesting.ts';
import { isRefused } from './rendering/functions/refused.ts';
import { SCRATCH_FUNCTIONS } from './rendering/functions/scratch.ts';
import { SURROUNDINGS_FUNCTIONS } from './rendering/functions/surroundings.ts';
import { TIME_FUNCTIONS } from './rendering/functions/times.ts';
import { createRenderer } from './rendering/renderer.ts';
import { dateFunctions } from './rendering/sprig/dates.ts';
import { randomFunctions } from './rendering/sprig/randomness.ts';
import { refusedFunctions } from './rendering/sprig/refused.ts';
import { createTemplateData } from './rendering/template-data.ts';
import type { TemplateProblem } from './rendering/template-problem.ts';
import { evaluationProblem, type TemplateReport, templateReport } from './rendering/template-report.ts';
import { type Trial, tryTemplate } from './rendering/trial.ts';

/** What `portolan check` finds. Plain data. */
export interface CheckReport extends TemplateReport {
  /** What it makes of the data of a Consul, if it was asked. Missing where it cannot be evaluated. */
  readonly output?: string;
}

/** A Consul whose data a template is checked with. */
export interface CheckedConsul {
  /** For messages. */
  readonly uri: string;
  readonly address: Exclude<RegistryAddress, { readonly kind: 'memory' }>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
}

const READERS = new Set([...Object.keys(CONSUL_FUNCTIONS), ...Object.keys(KEY_FUNCTIONS), 'file']);

/** Whether a function is there only to say that it is not. */
function isMissing(name: string): boolean {
  return isRefused(name) || (name.startsWith('sprig_') && Object.hasOwn(refusedFunctions, name.slice(6)));
}

/** These read or keep something, or fail on purpose. */
const IMPURE = new Set([
  ...READERS,
  ...Object.keys({ ...SURROUNDINGS_FUNCTIONS, ...NESTING_FUNCTIONS, ...SCRATCH_FUNCTIONS, ...TIME_FUNCTIONS }),
  ...Object.keys({ ...dateFunctions, ...randomFunctions }).map((name) => `sprig_${name}`),
  'sprig_fail',
]);

/** What can be told of a template without asking anybody. */
export function checkTemplate(text: string): CheckReport {
  const isPure = (name: string): boolean => !IMPURE.has(name) && !isMissing(name);
  return templateReport(text, { functions: ALL_FUNCTIONS, readers: READERS, isRefused: isMissing, isPure });
}

/**
 * Also evaluates it once with the data of a Consul.
 * Throws `CONSUL_UNREACHABLE`, or a `TerminalError` for certificates that cannot be used.
 */
export async function checkAgainst(text: string, consul: CheckedConsul, signal: AbortSignal): Promise<CheckReport> {
  const report = checkTemplate(text);
  if (report.problems.some(({ kind }) => kind === 'syntax')) return report;
  const trial = await tryAgainst(text, consul, signal);
  const warnings = [...new Set([...report.warnings, ...trial.warnings])];
  if (trial.kind === 'rendered') return { ...report, warnings, output: trial.output.toWellFormed() };
  const problem = trial.kind === 'failed' ? evaluationProblem(trial.error, text) : trial.waitingFor.map(waitingProblem);
  // A call that fails here was found without data already.
  const isKnown = new Set(report.problems.map(({ message }) => message));
  const more = [problem].flat().filter(({ message }) => !isKnown.has(message));
  return { ...report, warnings, problems: [...report.problems, ...more] };
}

function waitingProblem(what: string): TemplateProblem {
  const message = `waits for ${what}`;
  if (!/^kv\.block\([^)]*\)$/.test(what)) return { kind: 'evaluation', message };
  return { kind: 'evaluation', message, hint: 'There is no such key: set it, or give a default by keyOrDefault.' };
}

async function tryAgainst(
  text: string,
  { uri, address, environment, clock }: CheckedConsul,
  signal: AbortSignal,
): Promise<Trial> {
  const endpoint = consulEndpoint({ address, name: uri, environment });
  await requireAnswer(endpoint, clock, signal);
  const data = createTemplateData({
    catalog: createCatalogData(createConsulCatalog({ endpoint, clock, random: Math.random })),
    consul: createConsulQueries({ endpoint, clock, random: Math.random }),
    files: createFileSource(clock),
  });
  return await tryTemplate({ renderer: createRenderer(text), data, environment, clock }, signal);
}

/** Whoever does not answer at all is not waited for. A Consul that refuses this one question may answer others. */
async function requireAnswer(endpoint: ConsulEndpoint, clock: Clock, signal: AbortSignal): Promise<void> {
  try {
    await createConsulRegistry(endpoint, clock).advertisedAddress(signal);
  } catch (error) {
    if (!(error instanceof PortolanError) || error.code === 'CONSUL_UNREACHABLE') throw error;
  }
}
