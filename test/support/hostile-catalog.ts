import type { ServiceInstance } from '../../src/domain/catalog.ts';
import { hostileTexts } from './hostile-texts.ts';
import { anInstance } from './instances.ts';

/** Two services that mean well. */
export const harmless: readonly ServiceInstance[] = [
  anInstance({ service: 'api', id: 'api-1', address: '10.0.0.7', port: 9_000, createIndex: 2 }),
  anInstance({ service: 'web', id: 'web-1', createIndex: 1 }),
  anInstance({ service: 'web', id: 'web-1', node: 'node-b', address: '10.0.0.2', createIndex: 3 }),
];

/** Entries that must leave no trace: their services have no legal name, or they are no place to send a request to. */
export const unusable: readonly ServiceInstance[] = [
  ...hostileTexts.map(({ text }) => anInstance({ service: text, id: 'evil', address: '192.0.2.66', createIndex: 10 })),
  ...hostileTexts.map(({ text }, i) => anInstance({ id: `evil-address-${i}`, address: text, createIndex: 10 })),
  ...['web.example.com', '0.0.0.0', '::0', 'fe80::1%eth0', '10.0.0.1\n  server evil 192.0.2.66:80'].map((address, i) =>
    anInstance({ id: `evil-place-${i}`, address, createIndex: 10 }),
  ),
  ...[-1, 0, 70_000, 80.5, Number.NaN].map((port, i) => anInstance({ id: `evil-port-${i}`, port, createIndex: 10 })),
  anInstance({ service: 'WEB', id: 'evil-case', address: '192.0.2.66', createIndex: 10 }),
  anInstance({ service: 'portolan:unknown-host', id: 'evil-backend', address: '192.0.2.66', createIndex: 10 }),
];

/** Instances at good addresses under names that try to break out. */
export const misnamed: readonly ServiceInstance[] = hostileTexts.flatMap(({ text }, i) => [
  anInstance({ id: text, address: `10.0.1.${i}`, createIndex: 10 }),
  anInstance({ id: 'x', node: text, address: `10.0.2.${i}`, tags: [text], meta: { note: text }, createIndex: 10 }),
]);
