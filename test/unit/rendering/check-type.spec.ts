import { expect, it } from 'vitest';
import type { CheckExecution } from '../../../src/domain/catalog.ts';
import { HEALTH_CHECKS } from '../../../src/rendering/check-type.ts';
import { toGoJson } from '../../../src/rendering/encoding/json.ts';
import { toGoToml } from '../../../src/rendering/encoding/toml.ts';
import { toGoYaml } from '../../../src/rendering/encoding/yaml.ts';
import { wrap } from '../../../src/template/value/convert.ts';
import { aCheckResult } from '../../support/instances.ts';

const definition: CheckExecution = {
  ...{ http: 'http://x/?a=1&b=2', header: { A: ['x'] }, method: 'GET', body: '', tlsServerName: '' },
  ...{ skipsTlsVerification: true, tcp: '', grpc: '', grpcUsesTls: false },
  ...{ interval: '10s', timeout: '90s', deregisterAfter: 'soon' },
};
const HEAD =
  '"Node":"node-a","CheckID":"http","Name":"http","Status":"passing","Notes":"","Output":"","ServiceID":"web-1","ServiceName":"web","ServiceTags":[],"Type":"","ExposedPort":0';
const TAIL = '"CreateIndex":1,"ModifyIndex":1';

it.each([
  {
    rule: 'what a check does',
    over: { definition },
    json: '"Interval":"10s","Timeout":"1m30s","DeregisterCriticalServiceAfter":"0s","HTTP":"http://x/?a=1\\u0026b=2","Header":{"A":["x"]},"Method":"GET","Body":"","TLSServerName":"","TLSSkipVerify":true,"TCP":"","TCPUseTLS":false,"UDP":"","GRPC":"","OSService":"","GRPCUseTLS":false',
  },
  {
    rule: 'nothing where the catalog does not tell',
    over: {},
    json: '"Interval":"0s","Timeout":"0s","DeregisterCriticalServiceAfter":"0s","HTTP":"","Header":null,"Method":"","Body":"","TLSServerName":"","TLSSkipVerify":false,"TCP":"","TCPUseTLS":false,"UDP":"","GRPC":"","OSService":"","GRPCUseTLS":false',
  },
])('shows $rule, in the order of Go', ({ over, json }) => {
  const checks = wrap(HEALTH_CHECKS, [aCheckResult(over)]);
  const whole = `[{${HEAD},"Definition":{${json}},${TAIL}}]`;
  expect(toGoJson(checks, { escapesHtml: true })).toBe(whole);
  // In lines it is the same, and every part has its place.
  const pretty = toGoJson(checks, { escapesHtml: true, indent: '  ' });
  expect(pretty).toBe(JSON.stringify(JSON.parse(whole), undefined, 2).replaceAll('&', '\\u0026'));
});

it('shows durations as texts in YAML and TOML', () => {
  const checks = wrap(HEALTH_CHECKS, [aCheckResult({ definition })]);
  expect(
    toGoYaml(checks)
      .split('\n')
      .filter((line) => line.includes('duration')),
  ).toEqual([
    '    intervalduration: 10s',
    '    timeoutduration: 1m30s',
    '    deregistercriticalserviceafterduration: 0s',
  ]);
  const toml = toGoToml(new Map([['a', checks]]));
  expect(toml.split('\n').filter((line) => /^ *(Interval|Timeout)/.test(line))).toEqual([
    '    IntervalDuration = "10s"',
    '    TimeoutDuration = "1m30s"',
    '    Interval = 10000000000',
    '    Timeout = 90000000000',
  ]);
});
