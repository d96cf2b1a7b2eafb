import type { ContainerSnapshot } from '../domain/container.ts';
import { nearestWords } from '../lib/nearest.ts';

export type FindOutcome =
  | { readonly kind: 'found'; readonly container: ContainerSnapshot }
  | {
      readonly kind: 'unknown';
      readonly reason: string;
      /** Names that may have been meant. */
      readonly nearest: readonly string[];
    };

/** Finds a container as Docker's commands do: by its name, its ID, or the beginning of its ID if that is of one only. */
export function findContainer(containers: readonly ContainerSnapshot[], asked: string): FindOutcome {
  const name = asked.replace(/^\//, '');
  const exact = containers.find((one) => one.name === name) ?? containers.find(({ id }) => id === name);
  if (exact !== undefined) return { kind: 'found', container: exact };
  const byId = name === '' ? [] : containers.filter(({ id }) => id.startsWith(name));
  const [first, second] = byId;
  if (first !== undefined && second === undefined) return { kind: 'found', container: first };
  if (first !== undefined) {
    const nearest = byId.slice(0, 3).map((one) => one.name);
    return { kind: 'unknown', reason: `the IDs of ${byId.length} containers begin with ${name}`, nearest };
  }
  const nearest = nearestWords(
    name,
    containers.map((one) => one.name),
  );
  return { kind: 'unknown', reason: `there is no container ${name}`, nearest };
}
