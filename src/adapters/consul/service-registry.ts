import PQueue from 'p-queue';
import type { Clock } from '../../lib/clock.ts';
import { PortolanError } from '../../lib/errors.ts';
import type { Log } from '../../lib/log.ts';
import type { CheckVerdict, ServiceRegistration, ServiceRegistry } from '../../registration/contracts.ts';
import { parseAddress, parseChecks, parseServices } from './agent-schema.ts';
import { type ConsulClient, createConsulClient } from './client.ts';
import type { ConsulEndpoint } from './endpoint.ts';
import { createNamespaces, lacksNamespaces, type Namespaces } from './namespaces.ts';
import { parseAnswer } from './parse-answer.ts';
import { registrationBody } from './registration-body.ts';
import { ConsulRefusal } from './request-error.ts';

/**
 * An agent makes one change after another, so more at a time brings nothing (measured on 1.8.7 with 1 to 16). Without a
 * leader each takes it 7 s, and it goes on with those that were given up: more of them would only make its queue longer.
 */
const MAX_WRITES = 3;
const MAX_HEARTBEATS = 3;
/** Without a leader an agent takes 7 to 15 s for a heartbeat; one that is cut off may have counted all the same. */
const HEARTBEAT_DEADLINE_MS = 20_000;

/** A proxy before the agent may end idle connections as a habit, and what is told leads to calls over new ones. */
const MIN_GAP_OF_ENDS_MS = 15_000;

interface RegistryTools {
  readonly client: ConsulClient;
  readonly heartbeats: ConsulClient;
  /** A call waits here, not at the connections, so that its deadline begins when it is sent. */
  readonly writes: PQueue;
  readonly reports: PQueue;
  readonly namespaces: Namespaces;
  readonly log: Pick<Log, 'warn'> | undefined;
}

/** The agent of this host as the place where services are registered. */
export function createConsulRegistry(endpoint: ConsulEndpoint, clock: Clock, log?: Pick<Log, 'warn'>): ServiceRegistry {
  const lost = new Set<() => void>();
  const tellLost = () => {
    for (const listener of lost) listener();
  };
  const ends = connectionEnds(tellLost, clock);
  const client = createConsulClient({ endpoint, clock, maxSockets: MAX_WRITES, onConnectionEnd: ends.ofWrites });
  const tools: RegistryTools = {
    client,
    heartbeats: createConsulClient({ endpoint, clock, maxSockets: MAX_HEARTBEATS, onConnectionEnd: ends.ofHeartbeats }),
    writes: new PQueue({ concurrency: MAX_WRITES }),
    reports: new PQueue({ concurrency: MAX_HEARTBEATS }),
    namespaces: createNamespaces(endpoint.namespace),
    log,
  };
  return {
    ...reads(tools),
    register: async (registration, signal) => await tools.writes.add(() => register(registration, tools, signal)),
    deregister: async (serviceId, signal) => {
      const query = tools.namespaces.serviceQuery(serviceId);
      await tools.writes.add(() => deregister(serviceId, query, client, signal));
      tools.namespaces.deregistered(serviceId);
    },
    report: async (checkId, verdict, signal) => {
      const reply = await tools.reports.add(() => report(checkId, verdict, tools, signal));
      ends.heartbeatSent();
      return reply;
    },
    watchConnection: (onLost, signal) => {
      lost.add(onLost);
      signal.addEventListener('abort', () => lost.delete(onLost), { once: true });
    },
  };
}

/**
 * Tells when the agent may have gone. Heartbeats have the connection that shows it, but the first one may be long in
 * coming; until then the others show it, when they end without failing a call, which would tell by itself.
 */
function connectionEnds(tellLost: () => void, clock: Clock) {
  let hasHeartbeatConnection = false;
  let notBeforeMs = Number.NEGATIVE_INFINITY;
  const tell = (): void => {
    notBeforeMs = clock.monotonicMs() + MIN_GAP_OF_ENDS_MS;
    tellLost();
  };
  return {
    heartbeatSent: () => {
      hasHeartbeatConnection = true;
    },
    ofHeartbeats: () => {
      hasHeartbeatConnection = false;
      tell();
    },
    ofWrites: (wasIdle: boolean) => {
      if (wasIdle && !hasHeartbeatConnection && clock.monotonicMs() >= notBeforeMs) tell();
    },
  };
}

function reads({
  client,
  namespaces,
}: RegistryTools): Pick<ServiceRegistry, 'services' | 'checks' | 'advertisedAddress'> {
  const read = async <T>(
    path: string,
    query: Readonly<Record<string, string>>,
    parse: (body: unknown) => T,
    signal: AbortSignal,
  ) => {
    const { body } = await client.request({ method: 'GET', path, query }, signal);
    return parseAnswer(path, () => parse(body));
  };
  return {
    services: async (signal) => {
      const found = await read('/agent/services', namespaces.readQuery(), parseServices, signal);
      for (const { item, namespace } of found) namespaces.serviceSeen(item.id, namespace);
      return new Map(found.map(({ item }) => [item.id, item]));
    },
    checks: async (signal) => {
      const found = await read('/agent/checks', namespaces.readQuery(), parseChecks, signal);
      for (const { item, namespace } of found) namespaces.checkSeen(item, namespace);
      return new Map(found.map(({ item }) => [item.id, item]));
    },
    advertisedAddress: async (signal) => await read('/agent/self', {}, parseAddress, signal),
  };
}

async function register(registration: ServiceRegistration, tools: RegistryTools, signal: AbortSignal): Promise<void> {
  const { client, namespaces, log } = tools;
  const { id, namespace } = registration.service;
  const left = namespaces.leftBy(registration);
  if (left !== undefined) await deregister(id, left, client, signal);
  try {
    await putRegistration(registration, client, signal);
    namespaces.registered(registration);
  } catch (error) {
    if (namespace === undefined || !lacksNamespaces(error)) throw error;
    log?.warn('Consul has no namespaces; the service is registered without', { service: id, namespace });
    const { namespace: _, ...service } = registration.service;
    await putRegistration({ ...registration, service }, client, signal);
  }
}

async function putRegistration(registration: ServiceRegistration, client: ConsulClient, signal: AbortSignal) {
  const { namespace } = registration.service;
  // The body says it too, but not against a namespace of the endpoint.
  const ns: Readonly<Record<string, string>> =
    namespace === undefined || client.endpoint.namespace === undefined ? {} : { ns: namespace };
  // Without this the checks of an earlier registration would stay.
  const query = { 'replace-existing-checks': 'true', ...ns };
  const body = registrationBody(registration);
  try {
    await client.request({ method: 'PUT', path: '/agent/service/register', query, body }, signal);
  } catch (error) {
    throw refusesScripts(error) ? scriptsRefused(error, client.endpoint) : error;
  }
}

/** The text of 1.8.7: "Scripts are disabled on this agent; to enable, configure …". */
function refusesScripts(error: unknown): boolean {
  return error instanceof ConsulRefusal && /scripts are disabled/i.test(error.answer);
}

function scriptsRefused(error: unknown, { name }: ConsulEndpoint): PortolanError {
  return new PortolanError('SCRIPT_CHECKS_REFUSED', `Consul at ${name} takes no checks that run programs`, {
    cause: error,
    hint: 'Set enable_script_checks of the agent, or start Portolan without --enable-script-checks.',
  });
}

async function deregister(
  serviceId: string,
  query: Readonly<Record<string, string>>,
  client: ConsulClient,
  signal: AbortSignal,
): Promise<void> {
  const path = '/agent/service/deregister/{id}';
  await client.request({ method: 'PUT', path, params: { id: serviceId }, query }, signal);
}

async function report(
  checkId: string,
  { status, output }: CheckVerdict,
  { heartbeats, namespaces }: RegistryTools,
  signal: AbortSignal,
): Promise<'reported' | 'unknown'> {
  try {
    const request = {
      method: 'PUT',
      path: '/agent/check/update/{id}',
      params: { id: checkId },
      query: namespaces.checkQuery(checkId),
      body: { Status: status, Output: output },
      deadlineMs: HEARTBEAT_DEADLINE_MS,
    } as const;
    await heartbeats.request(request, signal);
    return 'reported';
  } catch (error) {
    if (isUnknownCheck(error)) return 'unknown';
    throw error;
  }
}

/** Old agents answer 500 and new ones 404, so the text tells. Measured on 1.8.7. */
function isUnknownCheck(error: unknown): boolean {
  return error instanceof ConsulRefusal && /does not have associated TTL|Unknown check/i.test(error.answer);
}
