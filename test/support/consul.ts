import { ask } from './http.ts';

export interface CatalogEntry {
  readonly Node: { readonly Node: string };
  readonly Service: {
    readonly ID: string;
    readonly Service: string;
    readonly Address: string;
    readonly Port: number;
    readonly Tags: readonly string[];
    readonly Meta: Readonly<Record<string, string>>;
  };
  readonly Checks: readonly { readonly CheckID: string; readonly Status: string; readonly Output: string }[];
}

/** The instances of a service with their checks, as Consul's HTTP API on a port of this host gives them. */
export async function consulHealth(port: number, service: string): Promise<readonly CatalogEntry[]> {
  return JSON.parse((await ask({ port, path: `/v1/health/service/${service}` })).text) as CatalogEntry[];
}
