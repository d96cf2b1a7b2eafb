import { errorFacts, type Log } from '../lib/log.ts';
import { createNovelty } from '../lib/novelty.ts';
import type { PassReport } from '../lib/reconcile-loop.ts';
import { cut } from '../lib/untrusted-text.ts';
import type { DesiredRouting } from './desired.ts';
import type { ServiceOutcome } from './routing-model.ts';

/** So many services that are not routed, and instances of one service that get no requests, are told one by one. */
const MAX_TOLD = 50;
/** Characters of a name. */
const MAX_NAME = 200;

/** Says in the log what routing decides, each fact once. */
export interface RoutingReporter {
  desired(desired: DesiredRouting): void;
  outcome(report: PassReport): void;
}

export function createRoutingReporter(log: Log): RoutingReporter {
  const novelRefusals = createNovelty();
  const novelOut = createNovelty();
  const novelWarnings = createNovelty();
  const sayPanic = createPanicNews(log);
  let wasFailing = false;
  return {
    desired: ({ services }) => {
      for (const facts of novelRefusals(refusalsOf(services))) log.info('service is not routed', facts);
      for (const facts of novelOut(keyed(services.flatMap(outOf)))) log.info('instance gets no requests', facts);
      const doubts = services.flatMap(({ name, warnings = [] }) =>
        warnings.map((because) => ({ service: brief(name), because })),
      );
      for (const facts of novelWarnings(keyed(doubts))) log.warn('something is wrong with a service', facts);
      sayPanic(services);
    },
    outcome: ({ error, failures, durationMs, reasons }) => {
      log.debug('routing pass', { durationMs: Math.round(durationMs), reasons });
      if (error !== undefined && failures === 1) log.warn('routing fails; trying again', errorFacts(error));
      if (error === undefined && wasFailing) log.info('routing works again');
      wasFailing = error !== undefined;
    },
  };
}

type Told = {
  readonly service?: string;
  readonly instance?: string;
  readonly node?: string;
  readonly because: string | undefined;
};

function refusalsOf(services: readonly ServiceOutcome[]): ReadonlyMap<string, Told> {
  const refused = services.filter(({ refusal }) => refusal !== undefined);
  const told = refused.slice(0, MAX_TOLD).map(({ name, refusal }) => ({ service: brief(name), because: refusal }));
  const rest = refused.length - told.length;
  return keyed(rest > 0 ? [...told, { because: 'more than these: see portolan services' }] : told);
}

function outOf({ name, instances }: ServiceOutcome): readonly Told[] {
  const service = brief(name);
  const out = instances.flatMap(({ instance: { id, node }, verdict }) =>
    verdict.kind === 'in' || verdict.kind === 'panic'
      ? []
      : [{ service, instance: brief(id), node: brief(node), because: verdict.reason }],
  );
  if (out.length <= MAX_TOLD) return out;
  return [...out.slice(0, MAX_TOLD), { service, because: 'more than these: see portolan services' }];
}

function brief(name: string): string {
  return cut(name, MAX_NAME);
}

/** Says when a service begins to use instances that fail their checks, for want of others, and when that ends. */
function createPanicNews(log: Log): (services: readonly ServiceOutcome[]) => void {
  let known: ReadonlySet<string> = new Set();
  return (services) => {
    const used = services.map(({ name, refusal, instances }) => ({
      service: name,
      instances: refusal === undefined ? instances.filter(({ verdict }) => verdict.kind === 'panic').length : 0,
    }));
    const now = used.filter(({ instances }) => instances > 0);
    for (const facts of now)
      if (!known.has(facts.service)) log.warn('every instance of a service fails its checks; all are used', facts);
    const names = new Set(now.map(({ service }) => service));
    for (const service of known) if (!names.has(service)) log.info('a service is out of panic', { service });
    known = names;
  };
}

function keyed<T>(facts: readonly T[]): ReadonlyMap<string, T> {
  return new Map(facts.map((fact) => [JSON.stringify(fact), fact]));
}
