import { errorFacts, type Log } from '../lib/log.ts';
import { createNovelty } from '../lib/novelty.ts';
import type { PassReport } from '../lib/reconcile-loop.ts';
import type { DesiredRouting } from './desired.ts';
import type { ServiceOutcome } from './routing-model.ts';

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
      const refusals = services.filter(({ refusal }) => refusal !== undefined);
      for (const facts of novelRefusals(
        keyed(refusals.map(({ name, refusal }) => ({ service: name, because: refusal }))),
      )) {
        log.info('service is not routed', facts);
      }
      const out = services.flatMap(({ name, instances }) =>
        instances.flatMap(({ instance: { id, node }, verdict }) =>
          verdict.kind === 'in' || verdict.kind === 'panic'
            ? []
            : [{ service: name, instance: id, node, because: verdict.reason }],
        ),
      );
      for (const facts of novelOut(keyed(out))) log.info('instance gets no requests', facts);
      const doubts = services.flatMap(({ name, warnings = [] }) =>
        warnings.map((because) => ({ service: name, because })),
      );
      for (const facts of novelWarnings(keyed(doubts))) log.warn('service has a setting that is not obeyed', facts);
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

/** Says when a service begins to use instances that fail their checks, for want of others, and when that ends. */
function createPanicNews(log: Log): (services: readonly ServiceOutcome[]) => void {
  let known: ReadonlySet<string> = new Set();
  return (services) => {
    const used = services.map(({ name, instances }) => ({
      service: name,
      instances: instances.filter(({ verdict }) => verdict.kind === 'panic').length,
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
