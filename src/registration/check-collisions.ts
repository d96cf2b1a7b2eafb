import { defaultCheckId, isDefaultCheckId } from './check-ids.ts';
import type { Warning } from './metadata.ts';
import type { PortOutcome } from './service-definitions.ts';

/**
 * Keeps the check IDs of all services of this host apart: the first to claim one has it, a later service gets the
 * default ID and a warning. Consul itself would give the check to whoever registers last, and leave the other without.
 */
export function createCheckIdClaims(): (outcome: PortOutcome) => PortOutcome {
  const holders = new Map<string, string>();
  return (outcome) => {
    if (outcome.kind === 'skipped') return outcome;
    const { service } = outcome;
    const warnings: Warning[] = [];
    const checks = service.checks.map((check, i) => {
      if (isDefaultCheckId(check.id)) return check;
      const claim = check.id.toLowerCase();
      const holder = holders.get(claim);
      holders.set(claim, holder ?? service.id);
      if (holder === undefined) return check;
      const id = defaultCheckId(service.id, i + 1);
      const problem = `is the ID of a check of the service ${holder}; ${id} is used instead`;
      warnings.push({ label: 'check ID', value: check.id, problem });
      return { ...check, id };
    });
    if (warnings.length === 0) return outcome;
    return { ...outcome, service: { ...service, checks }, warnings: [...outcome.warnings, ...warnings] };
  };
}
