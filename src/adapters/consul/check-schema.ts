import * as z from 'zod';
import type { CheckResult, HealthStatus, ReportedDefinition } from '../../domain/catalog.ts';
import { recordSchema } from './record-schemas.ts';

const text = z.string().optional();
const flag = z.boolean().optional();

const definitionSchema = z.object({
  ...{ HTTP: text, Method: text, Body: text, TLSServerName: text, TLSSkipVerify: flag },
  Header: recordSchema(z.array(z.string()).nullable()).nullish(),
  ...{ TCP: text, TCPUseTLS: flag, UDP: text, GRPC: text, GRPCUseTLS: flag, OSService: text, SessionName: text },
  ...{ Interval: text, Timeout: text, DeregisterCriticalServiceAfter: text },
});

export const checkSchema = z.object({
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
  Definition: definitionSchema.nullish(),
  CreateIndex: z.number().default(0),
  ModifyIndex: z.number().default(0),
  ExposedPort: z.number().optional(),
  ...{ Namespace: text, Partition: text, PeerName: text },
});

export function toCheckResult(check: z.output<typeof checkSchema>): CheckResult {
  const { CheckID: id, Status, Definition } = check;
  // Consul shows its maintenance modes as checks of these names.
  const isMaintenance = id === '_node_maintenance' || id.startsWith('_service_maintenance:');
  const known = isMaintenance ? 'critical' : toStatus(Status);
  const isDefined = Definition !== undefined && Definition !== null && Object.keys(Definition).length > 0;
  return {
    id,
    status: isMaintenance ? 'maintenance' : known,
    ...(Status !== known && { reportedStatus: Status }),
    output: check.Output,
    name: check.Name,
    notes: check.Notes,
    type: check.Type,
    node: check.Node,
    serviceId: check.ServiceID,
    serviceName: check.ServiceName,
    serviceTags: check.ServiceTags ?? [],
    ...(isDefined && { definition: toDefinition(Definition) }),
    createIndex: check.CreateIndex,
    modifyIndex: check.ModifyIndex,
    ...rareFacts(check),
  };
}

/** What most checks do not have. */
function rareFacts({
  ExposedPort,
  Namespace,
  Partition,
  PeerName,
}: z.output<typeof checkSchema>): Partial<CheckResult> {
  return {
    ...(ExposedPort ? { exposedPort: ExposedPort } : {}),
    ...(Namespace ? { namespace: Namespace } : {}),
    ...(Partition ? { partition: Partition } : {}),
    ...(PeerName ? { peerName: PeerName } : {}),
  };
}

function toDefinition(definition: z.output<typeof definitionSchema>): ReportedDefinition {
  const header = definition.Header && Object.entries(definition.Header);
  return {
    http: definition.HTTP,
    header: header ? Object.fromEntries(header.map(([name, values]) => [name, values ?? []])) : undefined,
    method: definition.Method,
    body: definition.Body,
    tlsServerName: definition.TLSServerName,
    tlsSkipVerify: definition.TLSSkipVerify,
    tcp: definition.TCP,
    tcpUseTls: definition.TCPUseTLS,
    udp: definition.UDP,
    grpc: definition.GRPC,
    grpcUseTls: definition.GRPCUseTLS,
    osService: definition.OSService,
    sessionName: definition.SessionName,
    interval: definition.Interval,
    timeout: definition.Timeout,
    deregisterCriticalServiceAfter: definition.DeregisterCriticalServiceAfter,
  };
}

function toStatus(status: string): HealthStatus {
  return status === 'passing' || status === 'warning' ? status : 'critical';
}
