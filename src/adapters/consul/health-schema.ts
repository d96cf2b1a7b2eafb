import * as z from 'zod';
import type { CheckResult, HealthStatus, ServiceInstance } from '../../domain/catalog.ts';

const healthSchema = z.array(
  z.object({
    Node: z.object({ Node: z.string(), Address: z.string().default('') }),
    Service: z.object({
      ID: z.string(),
      Service: z.string(),
      Address: z.string().default(''),
      Port: z.number().default(0),
      Tags: z.array(z.string()).nullish(),
      Meta: z.record(z.string(), z.string()).nullish(),
      Weights: z.object({ Passing: z.number(), Warning: z.number() }).nullish(),
      CreateIndex: z.number().default(0),
    }),
    Checks: z.array(z.object({ CheckID: z.string(), Status: z.string(), Output: z.string().default('') })).nullish(),
  }),
);

const namesSchema = z.record(z.string(), z.array(z.string()));

/**
 * The names in an answer of `/v1/catalog/services`, but for those that nobody can ask Consul about.
 * Throws a `ZodError` for anything else.
 */
export function parseNames(answer: unknown): readonly string[] {
  return Object.keys(namesSchema.parse(answer ?? {})).filter(isAskable);
}

/**
 * Consul takes any name, but answers no request whose path has what Go does not print, and redirects to the clean path
 * where a part is empty, `.` or `..`. Measured on 1.8.7: 400 and 301.
 */
function isAskable(name: string): boolean {
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]+$/u.test(name) && !/(^|\/)\.{0,2}(\/|$)/.test(name);
}

/** The instances in an answer of `/v1/health/service/:name`, by node and ID. Throws a `ZodError` for anything else. */
export function parseHealth(answer: unknown): readonly ServiceInstance[] {
  return healthSchema
    .parse(answer ?? [])
    .map(({ Node, Service, Checks }): ServiceInstance => {
      const checks = (Checks ?? []).map(toCheckResult);
      return {
        service: Service.Service,
        id: Service.ID,
        node: Node.Node,
        address: Service.Address || Node.Address,
        port: Service.Port,
        tags: Service.Tags ?? [],
        meta: Service.Meta ?? {},
        status: worstStatus(checks),
        checks,
        weights: { passing: Service.Weights?.Passing ?? 1, warning: Service.Weights?.Warning ?? 1 },
        createIndex: Service.CreateIndex,
      };
    })
    .toSorted((a, b) => compare(a.node, b.node) || compare(a.id, b.id));
}

function toCheckResult({ CheckID, Status, Output }: { CheckID: string; Status: string; Output: string }): CheckResult {
  // Consul shows its maintenance modes as checks of these names.
  const isMaintenance = CheckID === '_node_maintenance' || CheckID.startsWith('_service_maintenance:');
  return { id: CheckID, status: isMaintenance ? 'maintenance' : toStatus(Status), output: Output };
}

function toStatus(text: string): HealthStatus {
  return text === 'passing' || text === 'warning' ? text : 'critical';
}

const SEVERITY: readonly HealthStatus[] = ['passing', 'warning', 'critical', 'maintenance'];

/** Without checks a service is passing, as Consul has it. */
function worstStatus(checks: readonly CheckResult[]): HealthStatus {
  return SEVERITY[Math.max(0, ...checks.map(({ status }) => SEVERITY.indexOf(status)))] ?? 'critical';
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
