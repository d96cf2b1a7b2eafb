import type { RoutedServer, RoutedService, RoutingModel } from '../domain/routing.ts';
import { isLegalName } from './names.ts';

/**
 * The model without what could not stand in a file or command of HAProxy. Who makes models leaves that out with a reason;
 * this is the last door, since one line that gets through could be any directive.
 */
export function legalModel({ services }: RoutingModel): RoutingModel {
  return { services: services.filter(isLegalService).map(withLegalServers) };
}

function isLegalService({ name, hosts }: RoutedService): boolean {
  return isLegalName(name) && hosts.every((host) => /^[a-z0-9_.-]+$/.test(host));
}

function withLegalServers(service: RoutedService): RoutedService {
  return service.servers.every(isLegalServer)
    ? service
    : { ...service, servers: service.servers.filter(isLegalServer) };
}

function isLegalServer({ name, address, port, weight }: RoutedServer): boolean {
  return isLegalName(name) && /^[0-9A-Fa-f.:]+$/.test(address) && isIn(port, 1, 65_535) && isIn(weight, 0, 256);
}

function isIn(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}
