import { describe, expect, it } from 'vitest';
import type { CheckDefinition } from '../../../src/domain/service.ts';
import { type DesiredOptions, desiredRegistrations } from '../../../src/registration/desired.ts';
import type { serviceDefinitions } from '../../../src/registration/service-definitions.ts';
import { aContainer, dnsTcp, http } from '../../support/containers.ts';
import { desiredOptions } from '../../support/registration-options.ts';
import { aService } from '../../support/services.ts';

const ttlCheck = (id: string): CheckDefinition => ({ id, name: 'x', kind: 'ttl', ttl: '10s' });

/** Containers by age, each with one service of its own name for each of its lists of check IDs. */
function desire(
  containers: Readonly<Record<string, readonly (readonly string[])[]>>,
  over: Partial<DesiredOptions> = {},
) {
  const names = Object.keys(containers);
  const define: typeof serviceDefinitions = ({ id, name }) =>
    (containers[name] ?? []).map((checkIds, i) => ({
      kind: 'defined',
      port: [http, dnsTcp][i] ?? http,
      warnings: [],
      service: aService({
        id: i === 0 ? name : `${name}:${i + 1}`,
        checks: checkIds.map(ttlCheck),
        origin: { containerId: id, containerName: name, port: 80, protocol: 'tcp' },
      }),
    }));
  const snapshots = names.map((name, i) => aContainer({ id: name, name, createdMs: i }));
  // Their order tells nothing of their age.
  const { registrations, containers: outcomes } = desiredRegistrations(
    snapshots.toReversed(),
    { ...desiredOptions, ...over },
    { define },
  );
  return {
    checks: Object.fromEntries(
      [...registrations].map(([id, { service }]) => [id, service.checks.map((check) => check.id)]),
    ),
    collisions: Object.fromEntries(outcomes.map(({ container, collisions }) => [container.name, collisions])),
  };
}

describe('desiredRegistrations, one check ID wanted twice', () => {
  it('belongs to the older container; the other check gets its usual ID, and a note', () => {
    expect(desire({ older: [['same']], newer: [['same']] })).toEqual({
      checks: { older: ['same'], newer: ['service:newer'] },
      collisions: { older: [], newer: [{ kind: 'check', id: 'same', heldBy: 'older' }] },
    });
  });

  it('belongs to the first port of one container', () => {
    expect(desire({ web: [['same'], ['same']] })).toEqual({
      checks: { web: ['same'], 'web:2': ['service:web:2'] },
      collisions: { web: [{ kind: 'check', id: 'same', heldBy: 'web' }] },
    });
  });

  it('is one ID whatever its case, as in Consul', () => {
    expect(desire({ older: [['Same']], newer: [['sAME']] }).checks).toEqual({
      older: ['Same'],
      newer: ['service:newer'],
    });
  });

  it('leaves the other checks of a service as they are, and numbers what it gives', () => {
    expect(desire({ older: [['x', 'y']], newer: [['own', 'y', 'x']] })).toEqual({
      checks: { older: ['x', 'y'], newer: ['own', 'service:newer:2', 'service:newer:3'] },
      collisions: {
        older: [],
        newer: [
          { kind: 'check', id: 'y', heldBy: 'older' },
          { kind: 'check', id: 'x', heldBy: 'older' },
        ],
      },
    });
  });

  it('goes to the third as to the second', () => {
    const usual = (heldBy: string) => [{ kind: 'check', id: 'same', heldBy }];
    expect(desire({ a: [['same']], b: [['same']], c: [['same']] })).toEqual({
      checks: { a: ['same'], b: ['service:b'], c: ['service:c'] },
      collisions: { a: [], b: usual('a'), c: usual('a') },
    });
  });

  it('takes an ID that was given for one that is held', () => {
    expect(desire({ a: [['same']], b: [['same']], c: [['service:b']] }).checks).toEqual({
      a: ['same'],
      b: ['service:b'],
      c: ['service:c'],
    });
  });
});
