import type { CheckDefinition } from '../../domain/service.ts';
import type { ContainerCheck, ServiceRegistration } from '../../registration/contracts.ts';

/** A JSON object; Consul takes a field that is missing for its default. */
type Body = Readonly<Record<string, unknown>>;

/** The body of a registration, as `PUT /v1/agent/service/register` takes it. Source: Consul's HTTP API, agent/service. */
export function registrationBody({ service, meta, containerCheck }: ServiceRegistration): Body {
  const { weights, namespace, enableTagOverride } = service;
  return {
    ID: service.id,
    Name: service.name,
    Address: service.address,
    Port: service.port,
    Tags: service.tags,
    Meta: meta,
    ...given({ EnableTagOverride: enableTagOverride, Namespace: namespace }),
    ...(weights !== undefined && { Weights: { Passing: weights.passing, Warning: weights.warning } }),
    Checks: [
      ...(containerCheck === undefined ? [] : [containerCheckBody(containerCheck)]),
      ...service.checks.map(checkBody),
    ],
  };
}

function containerCheckBody({ id, name, notes, ttl, verdict }: ContainerCheck): Body {
  return { CheckID: id, Name: name, Notes: notes, TTL: ttl, Status: verdict.status };
}

function checkBody(check: CheckDefinition): Body {
  return {
    CheckID: check.id,
    Name: check.name,
    ...given({
      Notes: check.notes,
      Status: check.initialStatus,
      DeregisterCriticalServiceAfter: check.deregisterCriticalServiceAfter,
      SuccessBeforePassing: check.successBeforePassing,
      FailuresBeforeCritical: check.failuresBeforeCritical,
    }),
    ...checkTypeBody(check),
    ...(check.kind !== 'ttl' && given({ Interval: check.interval, Timeout: check.timeout })),
  };
}

function checkTypeBody(check: CheckDefinition): Body {
  switch (check.kind) {
    case 'ttl':
      return { TTL: check.ttl };
    case 'tcp':
      return { TCP: check.target };
    case 'http': {
      const { url, method, headers, body, tlsSkipVerify } = check;
      return { HTTP: url, ...given({ Method: method, Header: headers, Body: body, TLSSkipVerify: tlsSkipVerify }) };
    }
    case 'grpc':
      return { GRPC: check.target, ...given({ GRPCUseTLS: check.useTls, TLSSkipVerify: check.tlsSkipVerify }) };
    case 'script':
      return { ScriptArgs: check.args };
    case 'docker':
      return { DockerContainerID: check.containerId, ...given({ Shell: check.shell }), ScriptArgs: check.args };
  }
}

function given(fields: Body): Body {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
