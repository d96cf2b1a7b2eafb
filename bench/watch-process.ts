// Follows the catalog of an agent and does nothing with it but to note which services changed, as the router would see
// them: node bench/watch-process.ts PORT FILE
import { appendFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { createConsulCatalog } from '../src/adapters/consul/catalog-source.ts';
import type { CatalogSnapshot, ServiceInstance } from '../src/domain/catalog.ts';
import { changedServices } from '../src/domain/changed-services.ts';
import { systemClock } from '../src/lib/clock.ts';
import { ROUTE_TAG } from './watch-catalog.ts';

// As `src/main.ts`.
setFlagsFromString('--heap-growing-percent=50');

const [port = '', file = ''] = process.argv.slice(2);
const endpoint = {
  name: `consul://127.0.0.1:${port}`,
  place: { kind: 'tcp', host: '127.0.0.1', port: Number(port), isTls: false },
  token: () => undefined,
  tls: () => ({ verify: true }),
} as const;

let before: CatalogSnapshot | undefined;
const onSnapshot = (snapshot: CatalogSnapshot): void => {
  const names = before === undefined ? [...snapshot.services.keys()] : changedServices(before, snapshot);
  before = snapshot;
  const lines = names.map((name) => `${name}\t${(snapshot.services.get(name) ?? []).map(serverOf).join('')}\n`);
  if (lines.length > 0) appendFileSync(file, lines.join(''));
};

function serverOf({ service, tags, meta, status, address, port: at }: ServiceInstance): string {
  const isRouted = tags.includes(ROUTE_TAG) && meta['route'] !== 'off' && status !== 'critical';
  return isRouted ? `${service} ${address}:${at} ` : '';
}

const source = createConsulCatalog({ endpoint, clock: systemClock, random: Math.random });
const onOutage = (error: Error): void => console.error(error.message);
await source.follow({ onSnapshot, onOutage }, new AbortController().signal);
