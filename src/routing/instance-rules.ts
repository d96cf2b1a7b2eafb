import type { ServiceInstance } from '../domain/catalog.ts';
import { isAddress, isUnspecified } from '../lib/addresses.ts';

/** Whether an instance gets traffic, and if not, why: in words for people. */
export type InstanceVerdict =
  | { readonly kind: 'in' }
  /** In, though it fails its checks, since no other instance is well. */
  | { readonly kind: 'panic'; readonly reason: string }
  /** Fails its checks; used only when no instance is well. */
  | { readonly kind: 'failed'; readonly reason: string }
  /** Gets no traffic, whatever the others are like. */
  | { readonly kind: 'out'; readonly reason: string }
  /** Its entry in the catalog cannot be used at all. */
  | { readonly kind: 'invalid'; readonly reason: string };

/** Meta key of the mark with which Portolan registers; only then the container check is Portolan's. */
const OWNER_KEY = 'portolan-owner';

export function judgeInstance(instance: ServiceInstance): InstanceVerdict {
  const { id, meta, address, port, status } = instance;
  if (!isUsable(address)) {
    return { kind: 'invalid', reason: `its address ${JSON.stringify(address.slice(0, 100))} is no IP` };
  }
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    return { kind: 'invalid', reason: `its port ${port} is none` };
  if (/:(udp|sctp)$/.test(id) && meta[OWNER_KEY] !== undefined) return { kind: 'out', reason: 'is not a TCP port' };
  if (status === 'passing' || status === 'warning') return { kind: 'in' };
  if (status === 'maintenance') return { kind: 'out', reason: 'is in maintenance' };
  return judgeCritical(instance);
}

/** Whether the verdict is that it gets traffic. */
export function isUsed({ kind }: InstanceVerdict): boolean {
  return kind === 'in' || kind === 'panic';
}

/** To HAProxy zeros mean whatever address the client has called, and one zone makes it refuse everything. */
function isUsable(address: string): boolean {
  return isAddress(address) && !isUnspecified(address);
}

/** HAProxy's weight: 100 times Consul's weight for the status that the instance has, on a scale that ends at 256. */
export function rawWeight({ status, weights }: ServiceInstance): number {
  return 100 * Math.max(0, status === 'warning' ? weights.warning : weights.passing);
}

/**
 * What Docker says of the container goes before what checks say. A container that is paused or about to end cannot
 * serve, and one that is starting has not failed. When its TTL has expired Consul has put its own text there.
 */
function judgeCritical({ checks, meta, id }: ServiceInstance): InstanceVerdict {
  const own = checks.find((check) => check.id === `${id}:container` && check.status === 'critical');
  if (own !== undefined && meta[OWNER_KEY] !== undefined) {
    const kind = /^(stopping|paused|starting)\b/.test(own.output) ? 'out' : 'failed';
    return { kind, reason: `its container is ${firstLine(own.output)}` };
  }
  const failing = checks.find(({ status }) => status === 'critical');
  const reason = failing === undefined ? 'is critical' : `its check ${failing.id} fails: ${firstLine(failing.output)}`;
  return { kind: 'failed', reason };
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0]?.trimEnd().slice(0, 200) ?? '';
}
