import type { DesiredOptions } from '../../src/registration/desired.ts';
import type { DefinitionOptions } from '../../src/registration/service-definitions.ts';

/** How `node-a` derives services when nobody says otherwise. */
export const definitionOptions: DefinitionOptions = {
  hostname: 'node-a',
  hostAddress: '192.0.2.10',
  ip: undefined,
  internal: false,
  useIpFromLabel: undefined,
  network: undefined,
  enableScriptChecks: false,
  explicit: false,
  tags: '',
};

/** How `owner-a` on `node-a` registers when nobody says otherwise. */
export const desiredOptions: DesiredOptions = {
  ...definitionOptions,
  owner: 'owner-a',
  ttlMs: 60_000,
  heartbeatMs: 15_000,
  isTtlGiven: false,
  onStop: 'drain',
  deregister: 'always',
};
