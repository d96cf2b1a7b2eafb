import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createConsulCatalog } from './adapters/consul/catalog-source.ts';
import { createConsulRegistry } from './adapters/consul/service-registry.ts';
import { createDockerClient } from './adapters/docker/client.ts';
import { createContainerSource } from './adapters/docker/container-source.ts';
import { dockerTls } from './adapters/docker/tls.ts';
import { createCatalogFile } from './adapters/files/catalog-file.ts';
import { fileStore } from './adapters/files/file-store.ts';
import { type ConfigFilesOptions, hostsMapPath } from './adapters/haproxy/config-files.ts';
import { createFilesOnlyProxy } from './adapters/haproxy/files-only.ts';
import { createHaproxy } from './adapters/haproxy/proxy.ts';
import { createDocuments } from './adapters/http/documents.ts';
import { getDocument } from './adapters/http/get-document.ts';
import { createMemoryCatalog } from './adapters/memory/registry.ts';
import { readHostNetwork } from './adapters/process/host-network.ts';
import { connectionLimit, machineName } from './adapters/process/machine.ts';
import { consulEndpoint } from './app-consul-endpoint.ts';
import type { Configuration } from './config/load.ts';
import type { CatalogSource } from './domain/catalog.ts';
import type { Clock } from './lib/clock.ts';
import type { Log } from './lib/log.ts';
import type { ContainerSource, ServiceRegistry } from './registration/contracts.ts';
import { createRegistration, type RegistrationController } from './registration/controller.ts';
import { resolveIdentity } from './registration/identity.ts';
import { createTagsTemplate, isTagsTemplate } from './registration/tags-template.ts';
import { automaticBinds, resolveBinds } from './routing/binds.ts';
import { createRouting, type RoutingController } from './routing/controller.ts';
import { createGuardedSource } from './routing/guarded-source.ts';

/** Three times what five thousand instances take that say much of themselves: more of one service fills memory. */
const MAX_SERVICE_BYTES = 16 * 1_024 * 1_024;

/** Both halves with all that they need, wired but not running. */
export interface Halves {
  readonly registration: RegistrationController | undefined;
  readonly routing: RoutingController | undefined;
  /** Throws when Docker or the registry cannot be reached. */
  checkDependencies(signal: AbortSignal): Promise<void>;
}

/** What the daemon is told from outside. */
export interface DaemonInput {
  readonly configuration: Configuration;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  readonly log: Log;
  readonly clock: Clock;
}

export interface HalvesInput extends DaemonInput {
  readonly runFolder: string | undefined;
  readonly stateFolder: string | undefined;
}

const HTTP_PORT = 80;

export function buildHalves(input: HalvesInput): Halves {
  const { options } = input.configuration;
  const { registry, source } = buildCatalog(input);
  const containers = options.routerOnly ? undefined : buildContainerSource(input);
  return {
    registration: containers && buildRegistration(input, registry, containers),
    routing: options.registrarOnly ? undefined : buildRouting(input, source),
    checkDependencies: async (signal) => {
      await Promise.all([registry.services(signal), containers?.host(signal)]);
    },
  };
}

interface Catalog {
  readonly registry: ServiceRegistry;
  readonly source: CatalogSource;
}

function buildCatalog({ configuration, environment, clock, log }: HalvesInput): Catalog {
  const { registry: address, registryUri, options } = configuration;
  if (address.kind === 'memory') return createMemoryCatalog(options.hostname ?? hostname());
  const endpoint = consulEndpoint({ address, name: registryUri, environment, log });
  return {
    registry: createConsulRegistry(endpoint, clock, log),
    source: createConsulCatalog({ endpoint, clock, random: Math.random, maxServiceBytes: MAX_SERVICE_BYTES }),
  };
}

function buildContainerSource({ configuration: { options }, environment, clock, log }: HalvesInput): ContainerSource {
  const host = options.dockerHost ?? (environment['DOCKER_HOST'] || undefined);
  const keepsAnswers = isTagsTemplate(options.tags);
  const client = createDockerClient({ host, tls: dockerTls(environment, host), clock, keepsAnswers });
  const keepsEnded = options.deregister === 'on-success';
  return createContainerSource({ client, clock, log, random: Math.random, keepsEnded });
}

function buildRegistration(
  { configuration, clock, log }: HalvesInput,
  registry: ServiceRegistry,
  source: ContainerSource,
): RegistrationController {
  const { options, ttlMs, heartbeatMs, isTtlGiven } = configuration;
  const isMemory = configuration.registry.kind === 'memory';
  const identityOptions = {
    hostname: options.hostname,
    owner: options.owner,
    hostAddress: options.hostAddress,
    needsHostAddress: !options.internal && options.ip === undefined,
    machineName: machineName(),
    isLocalRegistry: isMemory,
  };
  const documents = createDocuments({ clock, get: getDocument });
  const isTemplate = isTagsTemplate(options.tags);
  return createRegistration(
    {
      source,
      registry,
      ...(isTemplate && { documents }),
      clock,
      log: log.child({ half: 'registration' }),
      random: Math.random,
      instance: randomUUID().slice(0, 8),
      identity: (signal) => resolveIdentity({ source, registry, network: readHostNetwork() }, identityOptions, signal),
    },
    {
      ...options,
      tags: isTemplate ? createTagsTemplate(options.tags, documents.get) : options.tags,
      isLocalRegistry: isMemory,
      ttlMs,
      heartbeatMs,
      isTtlGiven,
      resyncMs: options.resync > 0 ? options.resync : Number.POSITIVE_INFINITY,
      selfPort: options.admin === 'off' || isMemory ? undefined : options.admin.port,
    },
  );
}

function buildRouting(input: HalvesInput, source: CatalogSource): RoutingController {
  const { configuration, environment, runFolder = '', stateFolder = '', clock, log } = input;
  const { options } = configuration;
  const folder = join(stateFolder, 'haproxy');
  const files: ConfigFilesOptions = {
    store: fileStore,
    folder,
    socketPath: join(runFolder, 'haproxy.sock'),
    maxConnections: connectionLimit(),
  };
  const searchPath = environment['PATH'] ?? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  const proxy =
    options.haproxy === 'off'
      ? createFilesOnlyProxy(files)
      : createHaproxy({ binary: options.haproxyBin, files, runFolder, searchPath, clock });
  const bindSource = {
    binds: () => {
      const network = readHostNetwork();
      const specs = options.httpBind === 'auto' ? automaticBinds(network.kind, HTTP_PORT) : options.httpBind;
      return resolveBinds(specs, network.interfaces);
    },
  };
  const routingLog = log.child({ half: 'routing' });
  const store = createCatalogFile({ store: fileStore, path: join(stateFolder, 'catalog.json'), clock });
  const guarded = createGuardedSource({
    source,
    clock,
    log: routingLog,
    believesSingles: false,
    // A catalog in memory is made anew from the containers.
    ...(configuration.registry.kind !== 'memory' && { store }),
  });
  return createRouting(
    { source: guarded, proxy, bindSource, clock, log: routingLog, random: Math.random },
    {
      routeTag: options.routeTag,
      checkIntervalMs: options.checkInterval,
      hostsMapPath: hostsMapPath(folder),
      resyncMs: options.resync > 0 ? options.resync : Number.POSITIVE_INFINITY,
      stopsProxy: options.stopHaproxy,
    },
  );
}
