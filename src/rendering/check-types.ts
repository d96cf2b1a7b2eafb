import type { CheckResult, HealthStatus, ReportedDefinition } from '../domain/catalog.ts';
import {
  bytesOf,
  GoStruct,
  goMethod,
  goType,
  namedType,
  pointerTo,
  sliceOf,
  structType,
  withPointerMethods,
} from '../template/index.ts';
import { toGoJson } from './encoding/json.ts';
import { durationText, parseGoDuration } from './go-duration.ts';
import { checkStatus, instanceStatus } from './instance-status.ts';
import { durationType } from './time-type.ts';

// Checks, as templates see them. Source: consul/api v1.34, `health.go`.

const BOOL = goType('bool');
const INT = goType('int');
const STRING = goType('string');
const STRINGS = goType('[]string');
const UINT64 = goType('uint64');

const READABLE_DURATION = withPointerMethods(namedType('api.ReadableDuration', goType('int64')), {
  Duration: goMethod('func() time.Duration', (value: bigint) => value, { 'time.Duration': durationType }),
  MarshalJSON: goMethod('func() ([]uint8, error)', (value: bigint) => bytesOf(`"${durationText(value)}"`)),
  String: goMethod('func() string', durationText),
});

type Times = 'deregisterCriticalServiceAfter' | 'interval' | 'timeout';

const nanoseconds =
  (name: Times) =>
  (definition: ReportedDefinition): bigint => {
    try {
      return parseGoDuration(definition[name] || '0');
    } catch {
      return 0n;
    }
  };

const TIMES = {
  interval: nanoseconds('interval'),
  timeout: nanoseconds('timeout'),
  deregister: nanoseconds('deregisterCriticalServiceAfter'),
};

const TARGETS = {
  HTTP: { type: STRING, get: ({ http }: ReportedDefinition) => http },
  Header: { type: goType('map[string][]string'), get: headers },
  Method: { type: STRING, get: ({ method }: ReportedDefinition) => method },
  Body: { type: STRING, get: ({ body }: ReportedDefinition) => body },
  TLSServerName: { type: STRING, get: ({ tlsServerName }: ReportedDefinition) => tlsServerName },
  TLSSkipVerify: { type: BOOL, get: ({ tlsSkipVerify }: ReportedDefinition) => tlsSkipVerify },
  TCP: { type: STRING, get: ({ tcp }: ReportedDefinition) => tcp },
  TCPUseTLS: { type: BOOL, get: ({ tcpUseTls }: ReportedDefinition) => tcpUseTls },
  UDP: { type: STRING, get: ({ udp }: ReportedDefinition) => udp },
  GRPC: { type: STRING, get: ({ grpc }: ReportedDefinition) => grpc },
  OSService: { type: STRING, get: ({ osService }: ReportedDefinition) => osService },
  GRPCUseTLS: { type: BOOL, get: ({ grpcUseTls }: ReportedDefinition) => grpcUseTls },
};

const SESSION = { type: STRING, get: ({ sessionName }: ReportedDefinition) => sessionName, json: 'omitempty' } as const;

const readable = (get: (definition: ReportedDefinition) => bigint) => ({
  type: STRING,
  get: (definition: ReportedDefinition) => durationText(get(definition)),
});

/** What a definition is in JSON: its times first, as texts. Source: `HealthCheckDefinition.MarshalJSON`. */
const DEFINITION_IN_JSON = structType<ReportedDefinition>('api.HealthCheckDefinition', {
  Interval: readable(TIMES.interval),
  Timeout: readable(TIMES.timeout),
  DeregisterCriticalServiceAfter: readable(TIMES.deregister),
  ...TARGETS,
  SessionName: SESSION,
});

const DEFINITION = withPointerMethods(
  structType<ReportedDefinition>('api.HealthCheckDefinition', {
    ...TARGETS,
    IntervalDuration: { type: durationType, get: TIMES.interval, json: 'omitted' },
    TimeoutDuration: { type: durationType, get: TIMES.timeout, json: 'omitted' },
    DeregisterCriticalServiceAfterDuration: { type: durationType, get: TIMES.deregister, json: 'omitted' },
    SessionName: SESSION,
    Interval: { type: READABLE_DURATION, get: TIMES.interval },
    Timeout: { type: READABLE_DURATION, get: TIMES.timeout },
    DeregisterCriticalServiceAfter: { type: READABLE_DURATION, get: TIMES.deregister },
  }),
  {
    MarshalJSON: goMethod('func() ([]uint8, error)', (definition: ReportedDefinition = {}) =>
      bytesOf(toGoJson(new GoStruct(DEFINITION_IN_JSON, definition), { escapesHtml: true })),
    ),
  },
);

const HEALTH_CHECK = structType<CheckResult>('api.HealthCheck', {
  Node: { type: STRING, get: ({ node }) => node },
  CheckID: { type: STRING, get: ({ id }) => id },
  Name: { type: STRING, get: ({ name }) => name },
  Status: { type: STRING, get: checkStatus },
  Notes: { type: STRING, get: ({ notes }) => notes },
  Output: { type: STRING, get: ({ output }) => output },
  ServiceID: { type: STRING, get: ({ serviceId }) => serviceId },
  ServiceName: { type: STRING, get: ({ serviceName }) => serviceName },
  ServiceTags: { type: STRINGS, get: ({ serviceTags }) => serviceTags },
  Type: { type: STRING, get: ({ type }) => type },
  Namespace: { type: STRING, get: ({ namespace }) => namespace, json: 'omitempty' },
  Partition: { type: STRING, get: ({ partition }) => partition, json: 'omitempty' },
  ExposedPort: { type: INT, get: ({ exposedPort }) => exposedPort },
  PeerName: { type: STRING, get: ({ peerName }) => peerName, json: 'omitempty' },
  Definition: { type: DEFINITION, get: ({ definition }) => definition },
  CreateIndex: { type: UINT64, get: ({ createIndex }) => createIndex },
  ModifyIndex: { type: UINT64, get: ({ modifyIndex }) => modifyIndex },
});

export const HEALTH_CHECKS = namedType('api.HealthChecks', sliceOf(pointerTo(HEALTH_CHECK)), {
  AggregatedStatus: goMethod('func() string', (checks: readonly CheckResult[] = []) => worst(checks)),
});

function headers({ header }: ReportedDefinition): ReadonlyMap<string, readonly string[]> | undefined {
  return header && new Map(Object.entries(header));
}

const SEVERITY: readonly HealthStatus[] = ['passing', 'warning', 'critical', 'maintenance'];

function worst(checks: readonly CheckResult[]): string {
  const status = SEVERITY[Math.max(0, ...checks.map((check) => SEVERITY.indexOf(check.status)))] ?? 'passing';
  return instanceStatus({ status, checks });
}
