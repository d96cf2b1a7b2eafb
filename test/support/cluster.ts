import { expect } from 'vitest';
import { type Cluster, type Host, reachable } from '../../scripts/cluster/cluster.ts';
import { startHostLoad } from '../../scripts/cluster/load.ts';
import { type Service, SHOP } from '../../scripts/cluster/shop.ts';
import type { ServicesReport, StatusReport } from '../../src/app.ts';
import { consulHealth } from './consul.ts';
import { ask } from './http.ts';
import { until } from './until.ts';

export const SERVICES = SHOP.map(({ name }) => name);

/** What the Portolan of a host says of itself. */
export async function statusOf({ doors }: Host): Promise<StatusReport> {
  return JSON.parse((await ask({ port: doors.admin, path: '/api/v1/status' })).text) as StatusReport;
}

/** How the Portolan of `host` shows the instance of a service that runs `where`. */
export async function instanceOn(where: Host, host: Host, service: string) {
  const { text } = await ask({ port: host.doors.admin, path: '/api/v1/services' });
  const { instances = [] } = (JSON.parse(text) as ServicesReport).find(({ name }) => name === service) ?? {};
  const instance = instances.find(({ node }) => node === where.hostname);
  return instance === undefined ? undefined : { isIn: instance.isIn, reason: instance.reason ?? '' };
}

/** The host whose Consul leads now, as those that run say; `undefined` while there is none. */
export async function leaderOf({ hosts }: Cluster): Promise<Host | undefined> {
  for (const { doors } of hosts) {
    const { text } = await ask({ port: doors.consul, path: '/v1/status/leader' }).catch(() => ({ text: '' }));
    const leader = hosts.find(({ address }) => text.startsWith(`"${address}:`));
    if (leader !== undefined) return leader;
  }
  return undefined;
}

/** Waits until the cluster is whole: every Consul passes all of the shop, and every Portolan routes to all of it. */
export async function isWhole({ hosts }: Cluster, timeoutMs = 60_000): Promise<void> {
  for (const host of hosts) {
    for (const service of SHOP) {
      const passes = async (): Promise<boolean> => await consulPasses(host, service);
      await until(`the Consul of ${host.hostname} passes ${service.name}`, passes, timeoutMs);
    }
    const isReady = async (): Promise<boolean> => {
      const { registration, routing } = await statusOf(host);
      return routing?.isReady === true && registration?.isReady === true;
    };
    await until(`the Portolan of ${host.hostname} is ready`, isReady, timeoutMs);
  }
  await reachable(hosts);
}

/** Waits until every Portolan has confirmed what it knows too, some 10 s after the last outage of its Consul. */
export async function isSettled(cluster: Cluster): Promise<void> {
  await isWhole(cluster);
  for (const host of cluster.hosts) {
    const isSure = async (): Promise<boolean> => {
      const { routing } = await statusOf(host);
      return routing?.outage === undefined && routing?.held === 0 && routing.pendingReload === undefined;
    };
    await until(`the Portolan of ${host.hostname} is sure of what it knows`, isSure, 30_000);
  }
}

/** Whether every instance of a service passes in the Consul of a host. */
export async function consulPasses({ doors }: Host, { name, hosts }: Service): Promise<boolean> {
  const entries = await consulHealth(doors.consul, name);
  const statuses = entries.flatMap(({ Checks }) => Checks.map(({ Status }) => Status));
  return entries.length === hosts.length && statuses.every((status) => status === 'passing');
}

export interface LoadedOptions {
  /** Where the requests come from. */
  readonly hosts: readonly Host[];
  readonly services?: readonly string[];
}

/** Asks for services on hosts while `incident` runs, with and without keep-alive. No request may fail. */
export async function underLoad(
  { hosts, services = SERVICES }: LoadedOptions,
  incident: () => Promise<void>,
): Promise<void> {
  const loads = await Promise.all(
    hosts.map(async (host) => [host.hostname, await startHostLoad(host, services)] as const),
  );
  let broken: unknown;
  await incident().catch((error: unknown) => {
    broken = error;
  });
  const failures: string[] = [];
  for (const [hostname, load] of loads) {
    for (const [service, report] of Object.entries(await load.stop())) {
      if (report.requests < 10) failures.push(`${hostname} ${service}: only ${report.requests} requests`);
      if (report.failed > 0) failures.push(`${hostname} ${service}: ${report.failed} of ${report.requests} failed`);
      failures.push(...report.failures.map((failure) => `${hostname} ${service}: ${failure}`));
    }
  }
  expect(failures).toEqual([]);
  if (broken !== undefined) throw broken;
}

export interface Losses {
  /** Services that a host did not route to for a while. */
  readonly routes: readonly string[];
  /** Instances that a host did not know for a while. */
  readonly instances: readonly string[];
}

/** Looks again and again whether hosts still know every instance and route to every service; `stop` gives what was lost. */
export function watchRoutes(hosts: readonly Host[]): { stop(): Promise<Losses> } {
  const [routes, instances] = [new Set<string>(), new Set<string>()];
  let isRunning = true;
  const look = ({ hostname }: Host, report: ServicesReport): void => {
    for (const { name, hosts: numbers } of SHOP) {
      const service = report.find((one) => one.name === name);
      if (service?.url === undefined) routes.add(`${name} on ${hostname}: ${service?.refusal ?? 'unknown'}`);
      const nodes = service?.instances.map(({ node }) => node) ?? [];
      for (const node of numbers.map((number) => `host${number}`)) {
        if (!nodes.includes(node)) instances.add(`${name} of ${node} on ${hostname}`);
      }
    }
  };
  const watch = async (host: Host): Promise<void> => {
    while (isRunning) {
      const { text } = await ask({ port: host.doors.admin, path: '/api/v1/services' });
      look(host, JSON.parse(text) as ServicesReport);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const watches = Promise.all(hosts.map(watch));
  // Whoever stops it is told.
  watches.catch(() => undefined);
  return {
    stop: async () => {
      isRunning = false;
      await watches;
      return { routes: [...routes].toSorted(), instances: [...instances].toSorted() };
    },
  };
}

/** How long a fault lasts. */
export async function lasting(seconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
}
