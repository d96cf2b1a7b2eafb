import { checkDefinitions } from '../../src/registration/check-definitions.ts';
import type { CheckTarget } from '../../src/registration/check-target.ts';
import { metadataForPort } from '../../src/registration/metadata.ts';
import { aContainer, http } from './containers.ts';
import { aService } from './services.ts';

export type Labels = Readonly<Record<string, string>>;

/** The service of port 80 of `aContainer()`, on whose agent scripts may run; `over` says what is different. */
export function aCheckTarget(over: Partial<CheckTarget> = {}): CheckTarget {
  const { id, name, address, port, origin } = aService();
  return { serviceId: id, serviceName: name, address, port, origin, enableScriptChecks: true, ...over };
}

/** That service, as one of another protocol. */
export function onProtocol(protocol: CheckTarget['origin']['protocol']): Partial<CheckTarget> {
  return { origin: { ...aService().origin, protocol } };
}

/** The checks that labels of its container give it, and the warnings. */
export function checksOf(labels: Labels, over: Partial<CheckTarget> = {}): ReturnType<typeof checkDefinitions> {
  return checkDefinitions(metadataForPort(aContainer({ labels }), http).metadata, aCheckTarget(over));
}

/** The same of the entries of `SERVICE_CHECKS`. */
export function checksOfJson(entries: unknown, over: Partial<CheckTarget> = {}): ReturnType<typeof checkDefinitions> {
  return checksOf({ SERVICE_CHECKS: JSON.stringify(entries) }, over);
}

/** What the checks of that service have in common. */
export const common = { id: 'service:node-a:web.1:80', name: "Service 'web' check" } as const;

/** Its check for `SERVICE_CHECK_HTTP=/health`. */
export const httpCheck = {
  ...common,
  kind: 'http',
  url: 'http://192.0.2.10:32080/health',
  interval: '10s',
} as const;

/** Its check for `SERVICE_CHECK_TCP=true`. */
export const tcpCheck = { ...common, kind: 'tcp', target: '192.0.2.10:32080', interval: '10s' } as const;
