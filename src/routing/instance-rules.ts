import type { ServiceInstance } from '../domain/catalog.ts';
import { isAddress, isMulticast, isUnspecified } from '../lib/addresses.ts';
import { cut, escapeUnprintable, quoted } from '../lib/untrusted-text.ts';

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
  if (!isAddress(address)) return { kind: 'invalid', reason: `its address ${quoted(address)} is no IP` };
  // To HAProxy zeros mean whatever address the client has called.
  if (isUnspecified(address)) return { kind: 'invalid', reason: `its address ${address} is that of no host` };
  if (isMulticast(address)) return { kind: 'invalid', reason: `its address ${address} is that of many hosts` };
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

/** As far as integers are exact after that: no sum or ratio of weights is beyond all numbers. */
const MAX_WEIGHT = 2 ** 32;

/** HAProxy's weight: 100 times Consul's weight for the status that the instance has, on a scale that ends at 256. */
export function rawWeight({ status, weights }: ServiceInstance): number {
  return 100 * Math.min(MAX_WEIGHT, Math.max(0, status === 'warning' ? weights.warning : weights.passing));
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
  const reason =
    failing === undefined
      ? 'is critical'
      : `its check ${escapeUnprintable(cut(failing.id, 100))} fails: ${firstLine(failing.output)}`;
  return { kind: 'failed', reason };
}

function firstLine(text: string): string {
  // An output can be megabytes long.
  const [line = ''] = text.slice(0, 4_096).trim().split('\n', 1);
  return escapeUnprintable(cut(line.trimEnd(), 200));
}
