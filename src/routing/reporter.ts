import { errorFacts, type Log } from '../lib/log.ts';
import { createNovelty } from '../lib/novelty.ts';
import type { PassReport } from '../lib/reconcile-loop.ts';
import type { GuardedCatalog } from './catalog-guard.ts';
import type { DesiredRouting } from './desired.ts';

/** Says in the log what routing decides, each fact once. */
export interface RoutingReporter {
  desired(desired: DesiredRouting, catalog: GuardedCatalog): void;
  outcome(report: PassReport): void;
}

export function createRoutingReporter(log: Log): RoutingReporter {
  const novelRefusals = createNovelty();
  const novelOut = createNovelty();
  const novelHeld = createNovelty();
  let wasFailing = false;
  return {
    desired: ({ services }, { held }) => {
      const refusals = services.filter(({ refusal }) => refusal !== undefined);
      for (const facts of novelRefusals(
        keyed(refusals.map(({ name, refusal }) => ({ service: name, because: refusal }))),
      )) {
        log.info('service is not routed', facts);
      }
      const out = services.flatMap(({ name, instances }) =>
        instances.flatMap(({ instance: { id, node }, verdict }) =>
          verdict.kind === 'in' ? [] : [{ service: name, instance: id, node, because: verdict.reason }],
        ),
      );
      for (const facts of novelOut(keyed(out))) log.info('instance gets no requests', facts);
      const kept = held.map(({ service, id, node }) => ({ service, instance: id, node }));
      for (const facts of novelHeld(keyed(kept))) log.warn('instance is missing after an outage; kept for now', facts);
    },
    outcome: ({ error, failures, durationMs, reasons }) => {
      log.debug('routing pass', { durationMs: Math.round(durationMs), reasons });
      if (error !== undefined && failures === 1) log.warn('routing fails; trying again', errorFacts(error));
      if (error === undefined && wasFailing) log.info('routing works again');
      wasFailing = error !== undefined;
    },
  };
}

function keyed<T>(facts: readonly T[]): ReadonlyMap<string, T> {
  return new Map(facts.map((fact) => [JSON.stringify(fact), fact]));
}
