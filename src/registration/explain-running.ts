import { errorMessage } from '../lib/errors.ts';
import { containerCheckId } from './container-check.ts';
import { type Explanation, explainContainers, type Holding } from './explain.ts';
import { findContainer } from './find-container.ts';
import { OWNER_KEY } from './registration.ts';
import type { LastPass, RegistrationState } from './status.ts';

export type ExplainAnswer =
  | { readonly kind: 'found'; readonly explanation: Explanation }
  | { readonly kind: 'unknown'; readonly reason: string; readonly nearest: readonly string[] }
  | { readonly kind: 'not-ready'; readonly reason: string };

/**
 * Explains a container by the last pass, and by what the registry holds since.
 *
 * @param asked its name, its ID, or the beginning of its ID.
 */
export function explainRunning({ last, report }: RegistrationState, asked: string): ExplainAnswer {
  const error = report?.error === undefined ? undefined : errorMessage(report.error);
  if (last === undefined) {
    return { kind: 'not-ready', reason: `no pass has come through yet${error === undefined ? '' : `: ${error}`}` };
  }
  const found = findContainer(last.containers, asked);
  if (found.kind === 'unknown') return found;
  const { hostname, hostAddress, hostAddressRule } = last.identity;
  const containers = explainContainers([found.container], last.desired, (id) => holdingOf(id, last, error));
  return {
    kind: 'found',
    explanation: { hostname, ...(hostAddress !== undefined && { hostAddress }), hostAddressRule, containers },
  };
}

function holdingOf(serviceId: string, { registry, identity }: LastPass, error: string | undefined): Holding {
  const registered = registry.services.get(serviceId);
  const mark = registered?.meta[OWNER_KEY];
  if (mark !== undefined && mark !== identity.owner) {
    return { isRegistered: false, reason: `the service of this ID carries the mark of the owner ${mark}` };
  }
  if (mark === undefined) {
    const reason = error === undefined ? 'the registration is on its way' : `the last pass failed: ${error}`;
    return { isRegistered: false, reason };
  }
  const check = registry.checks.get(containerCheckId(serviceId));
  return { isRegistered: true, ...(check && { check: { status: check.status, output: check.output } }) };
}
