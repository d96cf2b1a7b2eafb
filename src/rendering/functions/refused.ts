import { type GoFunction, goFunction } from '../../template/index.ts';

const VAULT = 'Portolan does not read from Vault';
const NOMAD = 'Portolan does not read from Nomad';
const CONNECT = "Portolan does not issue certificates of Consul's service mesh";
const LATER = 'Portolan does not read this part of newer or Enterprise Consul';

/** What consul-template has and Portolan has not, with the reason. */
const REASONS: Readonly<Record<string, string>> = {
  ...{ secret: VAULT, secrets: VAULT, pkiCert: VAULT, pkiSign: VAULT },
  ...{ nomadService: NOMAD, nomadServices: NOMAD, nomadVar: NOMAD, nomadVarExists: NOMAD },
  ...{ nomadVarList: NOMAD, nomadVarListSafe: NOMAD },
  ...{ caRoots: CONNECT, caLeaf: CONNECT },
  ...{ peerings: LATER, partitions: LATER, exportedServices: LATER, importedServices: LATER },
  plugin: 'Portolan runs no programs out of templates',
  writeToFile: 'Portolan writes no files out of templates: give the text a template of its own',
  sockaddr:
    'Portolan does not look at network interfaces out of templates: pass the address as an environment variable',
  ...{ spew_dump: 'use spew_sdump', spew_printf: 'use printf "%+v"', spew_sprintf: 'use printf "%+v"' },
};

/** Functions that a template may name, as long as it does not call them. */
export const REFUSED_FUNCTIONS: Readonly<Record<string, GoFunction>> = Object.fromEntries(
  Object.entries(REASONS).map(([name, reason]) => [
    name,
    goFunction('func(...interface {}) (interface {}, error)', () => {
      throw new Error(`not supported: ${reason}`);
    }),
  ]),
);

/** Whether this is a function of consul-template that Portolan has only to say that it does not have it. */
export function isRefused(name: string): boolean {
  return Object.hasOwn(REASONS, name);
}
