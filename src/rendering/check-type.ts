import type { CheckExecution, CheckResult, HealthStatus } from '../domain/catalog.ts';
import { bytesOf, GoStruct, goMethod, goType, namedType, pointerTo, sliceOf, structType } from '../template/index.ts';
import { toGoJson } from './encoding/json.ts';
import { durationText, parseGoDuration } from './go-duration.ts';
import { DURATION_TYPE } from './time-type.ts';

// Source: consul/api v1.34.4, `health.go`.

const BOOL = goType('bool');
const INT = goType('int');
const INT64 = goType('int64');
const STRING = goType('string');
const UINT64 = goType('uint64');

/** Differs: asked for by itself it prints as the number that it is inside of others. */
const READABLE_DURATION = namedType('api.ReadableDuration', INT64, {});

const NO_EXECUTION: CheckExecution = {
  http: '',
  header: {},
  method: '',
  body: '',
  tlsServerName: '',
  skipsTlsVerification: false,
  tcp: '',
  grpc: '',
  grpcUsesTls: false,
  interval: '0s',
  timeout: '0s',
  deregisterAfter: '0s',
};

const shown = {
  HTTP: { type: STRING, get: ({ http }: CheckExecution) => http },
  Header: { type: goType('map[string][]string'), get: ({ header }: CheckExecution) => headerOf(header) },
  Method: { type: STRING, get: ({ method }: CheckExecution) => method },
  Body: { type: STRING, get: ({ body }: CheckExecution) => body },
  TLSServerName: { type: STRING, get: ({ tlsServerName }: CheckExecution) => tlsServerName },
  TLSSkipVerify: { type: BOOL, get: ({ skipsTlsVerification }: CheckExecution) => skipsTlsVerification },
  TCP: { type: STRING, get: ({ tcp }: CheckExecution) => tcp },
  TCPUseTLS: { type: BOOL, get: () => false },
  UDP: { type: STRING, get: () => '' },
  GRPC: { type: STRING, get: ({ grpc }: CheckExecution) => grpc },
  OSService: { type: STRING, get: () => '' },
  GRPCUseTLS: { type: BOOL, get: ({ grpcUsesTls }: CheckExecution) => grpcUsesTls },
};

/** What `MarshalJSON` puts in its place. */
const DEFINITION_JSON = structType<CheckExecution>('', {
  Interval: { type: STRING, get: ({ interval }) => durationText(nanoseconds(interval)) },
  Timeout: { type: STRING, get: ({ timeout }) => durationText(nanoseconds(timeout)) },
  DeregisterCriticalServiceAfter: {
    type: STRING,
    get: ({ deregisterAfter }) => durationText(nanoseconds(deregisterAfter)),
  },
  ...shown,
});

const DEFINITION = structType<CheckExecution>(
  'api.HealthCheckDefinition',
  {
    ...shown,
    IntervalDuration: { type: DURATION_TYPE, get: ({ interval }) => nanoseconds(interval) },
    TimeoutDuration: { type: DURATION_TYPE, get: ({ timeout }) => nanoseconds(timeout) },
    DeregisterCriticalServiceAfterDuration: {
      type: DURATION_TYPE,
      get: ({ deregisterAfter }) => nanoseconds(deregisterAfter),
    },
    SessionName: { type: STRING, get: () => '' },
    Interval: { type: READABLE_DURATION, get: ({ interval }) => nanoseconds(interval) },
    Timeout: { type: READABLE_DURATION, get: ({ timeout }) => nanoseconds(timeout) },
    DeregisterCriticalServiceAfter: {
      type: READABLE_DURATION,
      get: ({ deregisterAfter }) => nanoseconds(deregisterAfter),
    },
  },
  {
    MarshalJSON: goMethod('func() ([]uint8, error)', (execution: CheckExecution) =>
      bytesOf(toGoJson(new GoStruct(DEFINITION_JSON, execution), { escapesHtml: true })),
    ),
  },
);

const HEALTH_CHECK = structType<CheckResult>('api.HealthCheck', {
  Node: { type: STRING, get: ({ node }) => node },
  CheckID: { type: STRING, get: ({ id }) => id },
  Name: { type: STRING, get: ({ name }) => name },
  Status: { type: STRING, get: ({ status }) => checkStatus(status) },
  Notes: { type: STRING, get: ({ notes }) => notes },
  Output: { type: STRING, get: ({ output }) => output },
  ServiceID: { type: STRING, get: ({ serviceId }) => serviceId },
  ServiceName: { type: STRING, get: ({ serviceName }) => serviceName },
  ServiceTags: { type: goType('[]string'), get: ({ serviceTags }) => serviceTags },
  Type: { type: STRING, get: ({ type }) => type },
  Namespace: { type: STRING, get: () => '', omitsEmpty: true },
  Partition: { type: STRING, get: () => '', omitsEmpty: true },
  ExposedPort: { type: INT, get: () => 0 },
  PeerName: { type: STRING, get: () => '', omitsEmpty: true },
  Definition: { type: DEFINITION, get: ({ definition = NO_EXECUTION }) => definition },
  CreateIndex: { type: UINT64, get: ({ createIndex }) => BigInt(createIndex) },
  ModifyIndex: { type: UINT64, get: ({ modifyIndex }) => BigInt(modifyIndex) },
});

/** The checks of an instance, as templates see them. */
export const HEALTH_CHECKS = namedType('api.HealthChecks', sliceOf(pointerTo(HEALTH_CHECK)), {
  AggregatedStatus: goMethod('func() string', (checks: readonly CheckResult[] = []) => worst(checks)),
});

/** Consul has no such status: its maintenance modes are checks of certain names, which are critical. */
function checkStatus(status: HealthStatus): string {
  return status === 'maintenance' ? 'critical' : status;
}

const SEVERITY: readonly HealthStatus[] = ['passing', 'warning', 'critical', 'maintenance'];

function worst(checks: readonly CheckResult[]): string {
  return SEVERITY[Math.max(0, ...checks.map(({ status }) => SEVERITY.indexOf(status)))] ?? '';
}

/** Consul leaves them out where there are none, so that Go has no map at all. */
function headerOf(header: CheckExecution['header']): ReadonlyMap<string, readonly string[]> | undefined {
  const map = new Map(Object.entries(header));
  return map.size === 0 ? undefined : map;
}

/** 0 of what Go would not read. */
function nanoseconds(text: string): bigint {
  try {
    return parseGoDuration(text);
  } catch {
    return 0n;
  }
}
