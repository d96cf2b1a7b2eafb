import PQueue from 'p-queue';
import * as z from 'zod';
import type { CheckStatus } from '../../domain/service.ts';
import type { Clock } from '../../lib/clock.ts';
import type { RegisteredCheck, RegisteredService, ServiceRegistry } from '../../registration/contracts.ts';
import { ConsulRefusal, type ConsulRequest, createConsulClient } from './client.ts';
import type { ConsulEndpoint } from './endpoint.ts';
import { parseAnswer } from './parse-answer.ts';
import { registrationBody } from './registration-body.ts';

const servicesSchema = z.record(
  z.string(),
  z.object({
    ID: z.string(),
    Service: z.string(),
    Address: z.string().default(''),
    Port: z.number().default(0),
    Tags: z.array(z.string()).nullish(),
    Meta: z.record(z.string(), z.string()).nullish(),
    EnableTagOverride: z.boolean().default(false),
    Weights: z.object({ Passing: z.number().default(1), Warning: z.number().default(1) }).nullish(),
  }),
);
const checksSchema = z.record(
  z.string(),
  z.object({
    CheckID: z.string(),
    ServiceID: z.string().default(''),
    Status: z.enum(['passing', 'warning', 'critical']).catch('critical'),
    Output: z.string().default(''),
    Notes: z.string().default(''),
  }),
);
const selfSchema = z.object({ Member: z.object({ Addr: z.string() }).nullish() });

/** An agent writes to its disk under one lock, so more at a time brings nothing. */
const MAX_WRITES = 3;
const MAX_HEARTBEATS = 3;
/** Without a leader an agent takes up to 15 s for a heartbeat, and then it has counted. */
const HEARTBEAT_DEADLINE_MS = 20_000;

/** The agent of this host as the place where services are registered. */
export function createConsulRegistry(endpoint: ConsulEndpoint, clock: Clock): ServiceRegistry {
  const lost = new Set<() => void>();
  const client = createConsulClient({ endpoint, clock, maxSockets: MAX_WRITES });
  const onConnectionEnd = () => {
    for (const listener of lost) listener();
  };
  const heartbeats = createConsulClient({ endpoint, clock, maxSockets: MAX_HEARTBEATS, onConnectionEnd });
  const writes = new PQueue({ concurrency: MAX_WRITES });
  const write = async (request: Omit<ConsulRequest, 'method'>, signal: AbortSignal): Promise<void> => {
    await writes.add(() => client.request({ method: 'PUT', ...request }, signal));
  };

  return {
    services: async (signal) => {
      const { body } = await client.request({ method: 'GET', path: '/agent/services' }, signal);
      const services = parseAnswer('/agent/services', () => servicesSchema.parse(body ?? {}));
      return new Map(Object.values(services).map((service) => [service.ID, toService(service)]));
    },
    checks: async (signal) => {
      const { body } = await client.request({ method: 'GET', path: '/agent/checks' }, signal);
      const checks = parseAnswer('/agent/checks', () => checksSchema.parse(body ?? {}));
      return new Map(Object.values(checks).map((check) => [check.CheckID, toCheck(check)]));
    },
    register: (registration, signal) =>
      write(
        {
          path: '/agent/service/register',
          // Without this the checks of an earlier registration would stay.
          query: { 'replace-existing-checks': 'true' },
          body: registrationBody(registration),
        },
        signal,
      ),
    deregister: (serviceId, signal) =>
      write({ path: '/agent/service/deregister/{id}', params: { id: serviceId } }, signal),
    report: async (checkId, { status, output }, signal) => {
      try {
        const body = { Status: status, Output: output };
        const params = { id: checkId };
        const request = {
          method: 'PUT',
          path: '/agent/check/update/{id}',
          params,
          body,
          deadlineMs: HEARTBEAT_DEADLINE_MS,
        } as const;
        await heartbeats.request(request, signal);
        return 'reported';
      } catch (error) {
        if (isUnknownCheck(error)) return 'unknown';
        throw error;
      }
    },
    watchConnection: (onLost, signal) => {
      lost.add(onLost);
      const close = () => {
        lost.delete(onLost);
      };
      signal.addEventListener('abort', close, { once: true });
    },
    advertisedAddress: async (signal) => {
      const { body } = await client.request({ method: 'GET', path: '/agent/self' }, signal);
      return parseAnswer('/agent/self', () => selfSchema.parse(body)).Member?.Addr || undefined;
    },
  };
}

/** Old agents answer 500 and new ones 404, so the text tells. Measured on 1.8.7. */
function isUnknownCheck(error: unknown): boolean {
  return error instanceof ConsulRefusal && /does not have associated TTL|Unknown check/i.test(error.answer);
}

function toService(service: z.infer<typeof servicesSchema>[string]): RegisteredService {
  const { ID, Service, Address, Port, Tags, Meta, EnableTagOverride, Weights } = service;
  return {
    id: ID,
    name: Service,
    address: Address,
    port: Port,
    tags: Tags ?? [],
    meta: Meta ?? {},
    enableTagOverride: EnableTagOverride,
    weights: { passing: Weights?.Passing ?? 1, warning: Weights?.Warning ?? 1 },
  };
}

function toCheck({ CheckID, ServiceID, Status, Output, Notes }: z.infer<typeof checksSchema>[string]): RegisteredCheck {
  const status: CheckStatus = Status;
  return { id: CheckID, serviceId: ServiceID, status, output: Output, notes: Notes };
}
