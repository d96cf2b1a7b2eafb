import type { CatalogSnapshot, CatalogSource } from '../../../../src/domain/catalog.ts';
import type { PlayOptions } from './play.ts';

/** A guarded catalog with a mistake: a witness that does not complain of it would complain of nothing. */
export interface GuardDefect {
  readonly name: string;
  /** Whether a calamity, as it is told in the story, brings it out. Not each does: the guard has more than one reason. */
  readonly suits: RegExp;
  readonly defect: Omit<PlayOptions, 'pool'>;
}

export const GUARD_DEFECTS: readonly GuardDefect[] = [
  {
    name: 'believes every reading at once',
    suits: /^nothing anywhere/,
    defect: { through: seenAs(() => ({ trust: 'confirmed', confirmedMs: Number.POSITIVE_INFINITY })) },
  },
  {
    name: 'does not doubt',
    suits: /^15 % of the services missing, .*(lastcontact|knownleader).* for [1-9]\d{3} ms/,
    defect: { through: seenAs(() => ({ trust: 'confirmed' })) },
  },
  {
    name: 'does not see that it is blind',
    suits: /^the token is (lost|poor) for 1\d{4} ms/,
    defect: {
      through: seenAs(({ names, nodes }) => ({
        isFiltered: false,
        names: new Map([...names, ['consul', []]]),
        nodes: new Set([...nodes, 'rack-1', 'rack-2', 'rack-3']),
      })),
    },
  },
  {
    name: 'routes history',
    suits: /^history .* for [4-7]\d{3} ms/,
    defect: { isNeverConsistent: true },
  },
  {
    name: 'keeps for ever what it keeps',
    suits: /^Consul starts|^\d+ % of the services missing, .*(lastcontact|knownleader).* for [1-9]\d{3} ms/,
    defect: { through: seenAs(() => ({ confirmedMs: 0 })) },
  },
];

/** A source that gets something wrong in what it tells. */
function seenAs(
  wrong: (snapshot: CatalogSnapshot) => Partial<CatalogSnapshot>,
): (source: CatalogSource) => CatalogSource {
  return (source) => ({
    follow: async ({ onSnapshot, onOutage }, signal) => {
      const tell: typeof onSnapshot = (snapshot, confirm) => onSnapshot({ ...snapshot, ...wrong(snapshot) }, confirm);
      await source.follow({ onSnapshot: tell, onOutage }, signal);
    },
  });
}
