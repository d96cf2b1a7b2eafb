import * as z from 'zod';
import type { CheckExecution, CheckResult, HealthStatus, ServiceInstance } from '../../domain/catalog.ts';

const texts = z.record(z.string(), z.string()).nullish();

const definitionSchema = z.object({
  HTTP: z.string().default(''),
  Header: z.record(z.string(), z.array(z.string())).nullish(),
  Method: z.string().default(''),
  Body: z.string().default(''),
  TLSServerName: z.string().default(''),
  TLSSkipVerify: z.boolean().default(false),
  TCP: z.string().default(''),
  GRPC: z.string().default(''),
  GRPCUseTLS: z.boolean().default(false),
  Interval: z.string().default('0s'),
  Timeout: z.string().default('0s'),
  DeregisterCriticalServiceAfter: z.string().default('0s'),
});

const checkSchema = z.object({
  CheckID: z.string(),
  Status: z.string(),
  Output: z.string().default(''),
  Name: z.string().default(''),
  Notes: z.string().default(''),
  Type: z.string().default(''),
  Node: z.string().default(''),
  ServiceID: z.string().default(''),
  ServiceName: z.string().default(''),
  ServiceTags: z.array(z.string()).nullish(),
  Definition: definitionSchema.nullish().catch(undefined),
  CreateIndex: z.number().default(0),
  ModifyIndex: z.number().default(0),
});

const healthSchema = z.array(
  z.object({
    Node: z.object({
      ID: z.string().default(''),
      Node: z.string(),
      Address: z.string().default(''),
      TaggedAddresses: texts,
      Meta: texts,
    }),
    Service: z.object({
      ID: z.string(),
      Service: z.string(),
      Address: z.string().default(''),
      Port: z.number().default(0),
      TaggedAddresses: z
        .record(z.string(), z.object({ Address: z.string().default(''), Port: z.number().default(0) }))
        .nullish(),
      Tags: z.array(z.string()).nullish(),
      Meta: texts,
      Weights: z.object({ Passing: z.number(), Warning: z.number() }).nullish(),
      CreateIndex: z.number().default(0),
    }),
    Checks: z.array(checkSchema).nullish(),
  }),
);

const namesSchema = z.record(z.string(), z.array(z.string()));

/**
 * The names in an answer of `/v1/catalog/services` with their tags, which Consul gives in no order.
 * Throws a `ZodError` for anything else.
 */
export function parseNames(answer: unknown): ReadonlyMap<string, readonly string[]> {
  const entries = Object.entries(namesSchema.parse(answer ?? {}));
  return new Map(entries.map(([name, tags]) => [name, tags.toSorted(compareTexts)]));
}

/**
 * Consul takes any name, but answers no request whose path has what Go does not print, and redirects to the clean path
 * where a part is empty, `.` or `..`. Measured on 1.8.7: 400 and 301.
 */
export function isAskable(name: string): boolean {
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]+$/u.test(name) && !/(^|\/)\.{0,2}(\/|$)/.test(name);
}

/** The instances in an answer of `/v1/health/service/:name`, by node and ID. Throws a `ZodError` for anything else. */
export function parseHealth(answer: unknown): readonly ServiceInstance[] {
  return parseHealthInOrder(answer).toSorted((a, b) => compareTexts(a.node, b.node) || compareTexts(a.id, b.id));
}

/** The same in the order of the answer, which means something where it was asked for by distance. */
export function parseHealthInOrder(answer: unknown): readonly ServiceInstance[] {
  return healthSchema.parse(answer ?? []).map(toInstance);
}

function toInstance({ Node, Service, Checks }: z.output<typeof healthSchema>[number]): ServiceInstance {
  const checks = (Checks ?? []).map(toCheckResult);
  const taggedAddresses = Object.entries(Service.TaggedAddresses ?? {}).map(
    ([name, { Address, Port }]) => [name, { address: Address, port: Port }] as const,
  );
  const absentMaps = [
    ...(Service.Meta == null ? (['meta'] as const) : []),
    ...(Node.Meta == null ? (['nodeMeta'] as const) : []),
  ];
  return {
    service: Service.Service,
    id: Service.ID,
    node: Node.Node,
    nodeId: Node.ID,
    nodeAddress: Node.Address,
    nodeTaggedAddresses: Node.TaggedAddresses ?? {},
    nodeMeta: Node.Meta ?? {},
    address: Service.Address || Node.Address,
    port: Service.Port,
    taggedAddresses: Object.fromEntries(taggedAddresses),
    tags: Service.Tags ?? [],
    meta: Service.Meta ?? {},
    status: worstStatus(checks),
    checks,
    weights: { passing: Service.Weights?.Passing ?? 1, warning: Service.Weights?.Warning ?? 1 },
    createIndex: Service.CreateIndex,
    ...(absentMaps.length > 0 && { absentMaps }),
  };
}

function toCheckResult(check: z.output<typeof checkSchema>): CheckResult {
  const { CheckID: id, Status } = check;
  // Consul shows its maintenance modes as checks of these names.
  const isMaintenance = id === '_node_maintenance' || id.startsWith('_service_maintenance:');
  return {
    id,
    status: isMaintenance ? 'maintenance' : toStatus(Status),
    output: check.Output,
    name: check.Name,
    notes: check.Notes,
    type: check.Type,
    node: check.Node,
    serviceId: check.ServiceID,
    serviceName: check.ServiceName,
    serviceTags: check.ServiceTags ?? [],
    ...(check.Definition && { definition: toExecution(check.Definition) }),
    createIndex: check.CreateIndex,
    modifyIndex: check.ModifyIndex,
  };
}

function toExecution(definition: z.output<typeof definitionSchema>): CheckExecution {
  return {
    http: definition.HTTP,
    header: definition.Header ?? {},
    method: definition.Method,
    body: definition.Body,
    tlsServerName: definition.TLSServerName,
    skipsTlsVerification: definition.TLSSkipVerify,
    tcp: definition.TCP,
    grpc: definition.GRPC,
    grpcUsesTls: definition.GRPCUseTLS,
    interval: definition.Interval,
    timeout: definition.Timeout,
    deregisterAfter: definition.DeregisterCriticalServiceAfter,
  };
}

function toStatus(text: string): HealthStatus {
  return text === 'passing' || text === 'warning' ? text : 'critical';
}

const SEVERITY: readonly HealthStatus[] = ['passing', 'warning', 'critical', 'maintenance'];

/** Without checks a service is passing, as Consul has it. */
function worstStatus(checks: readonly CheckResult[]): HealthStatus {
  return SEVERITY[Math.max(0, ...checks.map(({ status }) => SEVERITY.indexOf(status)))] ?? 'critical';
}

/** By their bytes, as Go compares. */
export function compareTexts(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
