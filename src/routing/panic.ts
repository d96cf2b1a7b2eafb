import type { ServiceInstance } from '../domain/catalog.ts';
import { quoted } from '../lib/untrusted-text.ts';
import type { InstanceVerdict } from './instance-rules.ts';

export interface JudgedInstance {
  readonly instance: ServiceInstance;
  readonly verdict: InstanceVerdict;
}

/** The instances of a service once it is decided whether failed ones are used, and what is wrong with how that was set. */
export interface PanicOutcome {
  readonly instances: readonly JudgedInstance[];
  readonly warnings: readonly string[];
}

/** Meta key of `SERVICE_ROUTE_PANIC`. */
const PANIC_KEY = 'route_panic';

/**
 * Panic mode: when no instance of a service may be used, and some only because they fail their checks, those are used:
 * checks that fail everywhere say more of the checks, or of what they depend on, than of the instances.
 * Who is starting has not failed: it gets no requests before it is ready, in panic either. `route_panic` of the newest
 * instance decides for the service.
 */
export function decidePanic(instances: readonly JudgedInstance[]): PanicOutcome {
  const { isOn, warnings } = panicSetting(instances);
  const isPanic = isOn && !instances.some(({ verdict }) => verdict.kind === 'in');
  return { instances: isPanic ? instances.map(usedInPanic) : instances, warnings };
}

function usedInPanic(judged: JudgedInstance): JudgedInstance {
  const { instance, verdict } = judged;
  if (verdict.kind !== 'failed') return judged;
  return {
    instance,
    verdict: { kind: 'panic', reason: `panic: every instance fails its checks; ${verdict.reason}` },
  };
}

function panicSetting(judged: readonly JudgedInstance[]): { readonly isOn: boolean; readonly warnings: string[] } {
  // Entries that cannot be used decide nothing for those that can.
  const usable = judged.filter(({ verdict }) => verdict.kind !== 'invalid').map(({ instance }) => instance);
  const [first, ...rest] = usable;
  if (first === undefined) return { isOn: true, warnings: [] };
  const newest = rest.reduce((best, instance) => (isNewer(instance, best) ? instance : best), first);
  const value = newest.meta[PANIC_KEY];
  const other = usable.find(({ meta }) => meta[PANIC_KEY] !== value);
  const warnings = [
    ...(value === undefined || value === 'off' || value === 'on'
      ? []
      : [`its Meta ${PANIC_KEY} is ${quoted(value)}, neither on nor off; on is used`]),
    ...(other === undefined
      ? []
      : [`its instances differ in the Meta ${PANIC_KEY}: ${said(newest)}, and decides as the newest; ${said(other)}`]),
  ];
  return { isOn: value !== 'off', warnings };
}

function isNewer(a: ServiceInstance, b: ServiceInstance): boolean {
  return a.createIndex === b.createIndex ? nameOf(a) > nameOf(b) : a.createIndex > b.createIndex;
}

function said(instance: ServiceInstance): string {
  const value = instance.meta[PANIC_KEY];
  return `${quoted(nameOf(instance))} has ${value === undefined ? 'none' : quoted(value)}`;
}

function nameOf({ node, id }: ServiceInstance): string {
  return `${node}:${id}`;
}
