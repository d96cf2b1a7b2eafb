import type { CatalogSnapshot, CatalogSource } from '../domain/catalog.ts';
import { errorMessage } from '../lib/errors.ts';
import { untilAborted } from '../lib/until-aborted.ts';
import { type CatalogAnswers, createCatalogAnswers } from './catalog-answers.ts';
import type { Reading, ReadNotes, TemplateData } from './contracts.ts';
import type { DataQuery } from './queries.ts';

/** Whether a query is about the services of the local datacenter, which the catalog holds all together. */
export function isCatalogQuery(query: DataQuery): boolean {
  if (query.kind !== 'service' && query.kind !== 'services') return false;
  if (query.datacenter !== undefined || query.parameters !== undefined) return false;
  return query.kind === 'services' || query.near === undefined;
}

const CATALOG = 'the catalog';

/** Answers these out of a catalog, which is followed as long as there is one. */
export function createCatalogData(source: CatalogSource, notes?: ReadNotes): TemplateData {
  let answers: CatalogAnswers | undefined;
  let failure: string | undefined;
  let isWanted = false;
  let onChange: () => void = () => undefined;
  let update: () => void = () => undefined;

  const onSnapshot = (snapshot: CatalogSnapshot): void => {
    if (snapshot.trust === 'confirmed') notes?.answered(CATALOG);
    answers = answers === undefined ? createCatalogAnswers(snapshot) : answers.next(snapshot);
    failure = undefined;
    onChange();
  };
  const onOutage = (error: Error): void => {
    notes?.failed(CATALOG, error);
    if (failure === errorMessage(error)) return;
    failure = errorMessage(error);
    onChange();
  };
  const read = (query: DataQuery): Reading => {
    const answer = query.kind === 'service' ? answers?.service(query) : answers?.services();
    if (answer !== undefined) return { kind: 'known', answer };
    return { kind: 'pending', ...(failure !== undefined && { failure }) };
  };
  return {
    want: (queries) => {
      isWanted = queries.length > 0;
      update();
    },
    read: (query) => read(query) as Reading<typeof query>,
    follow: async (tell, signal) => {
      onChange = tell;
      let following: { readonly stop: AbortController; readonly ended: Promise<void> } | undefined;
      update = () => {
        if (isWanted === (following !== undefined) || signal.aborted) return;
        following?.stop.abort();
        following = undefined;
        if (!isWanted) {
          answers = undefined;
          return;
        }
        const stop = new AbortController();
        const ended = source.follow({ onSnapshot, onOutage }, AbortSignal.any([signal, stop.signal]));
        following = { stop, ended };
      };
      update();
      await untilAborted(signal);
      await (following as { readonly ended: Promise<void> } | undefined)?.ended;
    },
  };
}
