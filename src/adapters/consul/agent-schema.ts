import * as z from 'zod';
import type { RegisteredCheck, RegisteredService } from '../../registration/contracts.ts';

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
    Namespace: z.string().optional(),
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
    Namespace: z.string().optional(),
  }),
);
const selfSchema = z.object({ Member: z.object({ Addr: z.string() }).nullish() });

/** What Consul holds, and in which namespace; `undefined` where there are none. */
export interface InNamespace<T> {
  readonly item: T;
  readonly namespace: string | undefined;
}

/** The answer of `/v1/agent/services`. Throws a `ZodError` for anything else, as the others do. */
export function parseServices(answer: unknown): readonly InNamespace<RegisteredService>[] {
  return Object.values(servicesSchema.parse(answer ?? {})).map(({ Namespace, ...service }) => {
    const { ID, Service, Address, Port, Tags, Meta, EnableTagOverride, Weights } = service;
    const item = {
      id: ID,
      name: Service,
      address: Address,
      port: Port,
      tags: Tags ?? [],
      meta: Meta ?? {},
      enableTagOverride: EnableTagOverride,
      weights: { passing: Weights?.Passing ?? 1, warning: Weights?.Warning ?? 1 },
    };
    return { item, namespace: Namespace };
  });
}

/** The answer of `/v1/agent/checks`. */
export function parseChecks(answer: unknown): readonly InNamespace<RegisteredCheck>[] {
  return Object.values(checksSchema.parse(answer ?? {})).map(({ Namespace, ...check }) => {
    const { CheckID, ServiceID, Status, Output, Notes } = check;
    return {
      item: { id: CheckID, serviceId: ServiceID, status: Status, output: Output, notes: Notes },
      namespace: Namespace,
    };
  });
}

/** The address in the answer of `/v1/agent/self`. */
export function parseAddress(answer: unknown): string | undefined {
  return selfSchema.parse(answer).Member?.Addr || undefined;
}
