import type { ServiceRegistration } from '../../registration/contracts.ts';
import { ConsulRefusal } from './request-error.ts';

type Query = Readonly<Record<string, string>>;

/**
 * In which namespace of Consul Enterprise each service and check is, as calls about them must say. An agent without
 * namespaces refuses every request that names one, so nothing is said before there is something to say.
 */
export interface Namespaces {
  /** For reading what the agent holds: all namespaces as soon as one is in use. */
  readQuery(): Query;
  serviceQuery(serviceId: string): Query;
  checkQuery(checkId: string): Query;
  /** The namespace that a service leaves by this registration: it would stay behind there. */
  leftBy(registration: ServiceRegistration): Query | undefined;
  registered(registration: ServiceRegistration): void;
  deregistered(serviceId: string): void;
  serviceSeen(serviceId: string, namespace: string | undefined): void;
  checkSeen(check: CheckPlace, namespace: string | undefined): void;
}

interface CheckPlace {
  readonly id: string;
  readonly serviceId: string;
}

/** Consul's name for the namespace of what names none. */
const DEFAULT = 'default';

/** @param home The namespace that every request names by itself (`CONSUL_NAMESPACE`). */
export function createNamespaces(home: string | undefined): Namespaces {
  const services = new Map<string, string>();
  const checks = new Map<string, { readonly serviceId: string; readonly namespace: string }>();
  let isInUse = home !== undefined;

  const serviceSeen = (serviceId: string, namespace: string | undefined): void => {
    if (namespace === undefined) services.delete(serviceId);
    else services.set(serviceId, namespace);
    isInUse ||= namespace !== undefined && namespace !== DEFAULT;
  };
  const checkSeen = ({ id, serviceId }: CheckPlace, namespace: string | undefined): void => {
    if (namespace === undefined) checks.delete(id);
    else checks.set(id, { serviceId, namespace });
  };
  const query = (namespace: string | undefined): Query => (namespace === undefined ? {} : { ns: namespace });

  return {
    readQuery: () => (isInUse ? { ns: '*' } : {}),
    serviceQuery: (serviceId) => query(services.get(serviceId)),
    checkQuery: (checkId) => query(checks.get(checkId)?.namespace),
    leftBy: ({ service }) => {
      const before = services.get(service.id);
      const after = service.namespace ?? home ?? DEFAULT;
      return before === undefined || before === after ? undefined : query(before);
    },
    registered: ({ service, containerCheck }) => {
      serviceSeen(service.id, service.namespace);
      if (containerCheck !== undefined) checkSeen({ id: containerCheck.id, serviceId: service.id }, service.namespace);
    },
    deregistered: (serviceId) => {
      services.delete(serviceId);
      for (const [id, check] of checks) if (check.serviceId === serviceId) checks.delete(id);
    },
    serviceSeen,
    checkSeen,
  };
}

/** Whether an agent has no namespaces at all. Measured on 1.8.7, which knows neither the field nor the query. */
export function lacksNamespaces(error: unknown): boolean {
  return (
    error instanceof ConsulRefusal &&
    error.status === 400 &&
    /unknown field "Namespace"|Namespaces are a Consul Enterprise/i.test(error.answer)
  );
}
