import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../../../src/domain/catalog.ts';
import type { ServiceQuery } from '../../../src/rendering/queries.ts';
import { known, rendering } from '../../support/evaluations.ts';
import { aCheckResult, anInstance } from '../../support/instances.ts';

// What consul-template v0.42.1 makes of the same check in Consul 1.8.7.

const definition = {
  ...{
    http: 'http://h/?a=1&b',
    header: { 'X-B': ['1', '2'], A: ['z'] },
    method: 'GET',
    body: 'bo',
    tlsSkipVerify: true,
  },
  ...{ interval: '10s', timeout: '1500ms', deregisterCriticalServiceAfter: '90m' },
};
const defined = aCheckResult({ id: 'd1', name: '<x>', definition, createIndex: 89, modifyIndex: 90 });

function shown(text: string, check: CheckResult = defined): string {
  const readings = { 'health.service(web|passing)': known<ServiceQuery>([anInstance({ checks: [check] })]) };
  return rendering(`{{range service "web"}}{{with index .Checks 0}}${text}{{end}}{{end}}`, { readings }).result;
}

const IN_JSON = String.raw`{"Interval":"10s","Timeout":"1.5s","DeregisterCriticalServiceAfter":"1h30m0s","HTTP":"http://h/?a=1\u0026b","Header":{"A":["z"],"X-B":["1","2"]},"Method":"GET","Body":"bo","TLSServerName":"","TLSSkipVerify":true,"TCP":"","TCPUseTLS":false,"UDP":"","GRPC":"","OSService":"","GRPCUseTLS":false}`;

describe('a check', () => {
  it.each([
    [
      '{{.}}',
      '{node-a d1 <x> passing   web-1 web [] http   0  {http://h/?a=1&b map[A:[z] X-B:[1 2]] GET bo  true  false    false 10s 1.5s 1h30m0s  10000000000 1500000000 5400000000000} 89 90}',
    ],
    [
      '{{.CreateIndex}} {{printf "%T" .ModifyIndex}} {{printf "%T" .Definition}}',
      '89 uint64 api.HealthCheckDefinition',
    ],
    ['{{.Definition.HTTP}} {{.Definition.Header.A}} {{.Definition.TLSSkipVerify}}', 'http://h/?a=1&b [z] true'],
    ['{{.Definition.Nope}}', "<.Definition.Nope>: can't evaluate field Nope in type api.HealthCheckDefinition"],
    [
      '{{. | toUnescapedJSON}}',
      `{"Node":"node-a","CheckID":"d1","Name":"<x>","Status":"passing","Notes":"","Output":"","ServiceID":"web-1","ServiceName":"web","ServiceTags":[],"Type":"http","ExposedPort":0,"Definition":${IN_JSON},"CreateIndex":89,"ModifyIndex":90}`,
    ],
  ])('is shown whole: %s', (text, expected) => {
    expect(shown(text, { ...defined, type: 'http' })).toBe(expected);
  });

  it('of a namespace or another cluster says so, others leave it out of JSON', () => {
    const elsewhere = { namespace: 'ns', partition: 'p', peerName: 'peer', exposedPort: 21_500 };
    expect(
      shown('{{.Namespace}} {{.Partition}} {{.PeerName}} {{.ExposedPort}} {{toJSON .}}', { ...defined, ...elsewhere }),
    ).toBe(
      `ns p peer 21500 {"Node":"node-a","CheckID":"d1","Name":"\\u003cx\\u003e","Status":"passing","Notes":"","Output":"","ServiceID":"web-1","ServiceName":"web","ServiceTags":[],"Type":"","Namespace":"ns","Partition":"p","ExposedPort":21500,"PeerName":"peer","Definition":${IN_JSON},"CreateIndex":89,"ModifyIndex":90}`,
    );
  });

  it('of which Consul tells no definition has one in which all is empty', () => {
    const { definition: _, ...check } = defined;
    expect(shown('{{.Definition}} {{printf "%#v" .Definition.Header}}', check)).toBe(
      '{ map[]    false  false    false 0s 0s 0s  0 0 0} map[string][]string(nil)',
    );
  });
});

describe('the definition of a check', () => {
  it.each([
    ['where a pointer to it is at hand its times are texts', '{{printf "%s" .Definition.MarshalJSON}}', IN_JSON],
    [
      'elsewhere they are numbers',
      '{{.Definition | toJSON}}',
      String.raw`{"HTTP":"http://h/?a=1\u0026b","Header":{"A":["z"],"X-B":["1","2"]},"Method":"GET","Body":"bo","TLSServerName":"","TLSSkipVerify":true,"TCP":"","TCPUseTLS":false,"UDP":"","GRPC":"","OSService":"","GRPCUseTLS":false,"Interval":10000000000,"Timeout":1500000000,"DeregisterCriticalServiceAfter":5400000000000}`,
    ],
    [
      'YAML',
      '{{.Definition | toYAML}}',
      'http: http://h/?a=1&b\nheader:\n  A:\n  - z\n  X-B:\n  - "1"\n  - "2"\nmethod: GET\nbody: bo\ntlsservername: ""\ntlsskipverify: true\ntcp: ""\ntcpusetls: false\nudp: ""\ngrpc: ""\nosservice: ""\ngrpcusetls: false\nintervalduration: 10s\ntimeoutduration: 1.5s\nderegistercriticalserviceafterduration: 1h30m0s\nsessionname: ""\ninterval: 10000000000\ntimeout: 1500000000\nderegistercriticalserviceafter: 5400000000000',
    ],
    [
      'TOML',
      '{{.Definition | toTOML}}',
      'HTTP = "http://h/?a=1&b"\nMethod = "GET"\nBody = "bo"\nTLSServerName = ""\nTLSSkipVerify = true\nTCP = ""\nTCPUseTLS = false\nUDP = ""\nGRPC = ""\nOSService = ""\nGRPCUseTLS = false\nIntervalDuration = "10s"\nTimeoutDuration = "1.5s"\nDeregisterCriticalServiceAfterDuration = "1h30m0s"\nSessionName = ""\nInterval = 10000000000\nTimeout = 1500000000\nDeregisterCriticalServiceAfter = 5400000000000\n\n[Header]\n  A = ["z"]\n  X-B = ["1", "2"]',
    ],
    ['spew', '{{.Definition.Timeout | spew_sdump}}', '(api.ReadableDuration) 1.5s\n'],
  ])('in JSON and others: %s', (_, text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it.each([
    ['{{.Interval}} {{$x := .Interval}}{{$x}}', '10s 10s'],
    ['{{.Interval | print}} {{printf "%v" .Interval}}', '10000000000 10000000000'],
    ['{{.Interval.String}} {{.Interval.Duration}} {{printf "%T" .Interval}}', '10s 10s api.ReadableDuration'],
    ['{{.IntervalDuration}} {{.IntervalDuration | print}} {{printf "%T" .IntervalDuration}}', '10s 10s time.Duration'],
    ['{{.IntervalDuration.Hours}} {{.TimeoutDuration.Microseconds}}', '0.002777777777777778 1500000'],
    ['{{.TimeoutDuration | toJSON}} {{.TimeoutDuration | toYAML}}', '1500000000 1.5s'],
    ['{{eq .IntervalDuration 10000000000}} {{lt .Timeout .Interval}}', 'true true'],
  ])('has times that are durations: %s', (text, expected) => {
    expect(shown(`{{with .Definition}}${text}{{end}}`)).toBe(expected);
  });

  it('takes a time that is none for zero', () => {
    const odd = aCheckResult({ definition: { interval: 'soon' } });
    expect(shown('{{.Definition.Interval}}', odd)).toBe('0s');
  });
});
