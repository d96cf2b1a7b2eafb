import type { ConsulTls } from '../../../../src/adapters/consul/endpoint.ts';
import { createAuthority } from '../../../support/certificates.ts';
import { type ConsulServer, startConsulServer } from '../../../support/consul-server.ts';
import { startCluster } from './cluster.ts';

/** `plain`: one server without ACLs. `acl`: one that shows nothing to who has no token. `cluster`: three servers. */
export type ServerKind = 'plain' | 'acl' | 'cluster';

/** The Consul of a story, and what really happens to it. */
export interface CalamityServer {
  /** Of the agent that is asked. */
  readonly port: number;
  /** Where it speaks TLS; a cluster does not. */
  readonly tls: { readonly port: number; readonly trust: ConsulTls } | undefined;
  /** The token with all rights; `undefined` where there are no ACLs. */
  readonly token: string | undefined;
  /** With that token. Throws where nobody answers. */
  ask(method: string, path: string, body?: unknown): Promise<{ readonly status: number; readonly answer: unknown }>;
  restart(data: 'kept' | 'lost'): Promise<void>;
  /** Ends the leader hard, and maybe another with it, and starts them again after `awayMs`; resolves when all are back. */
  elect(awayMs: number, dead: 1 | 2): Promise<void>;
  stop(): Promise<void>;
}

/** Servers that stories use one after another, started when they are needed. */
export interface ServerPool {
  take(kind: ServerKind): Promise<CalamityServer>;
  giveBack(kind: ServerKind, server: CalamityServer): void;
  stop(): Promise<void>;
}

const ROOT = '7b9a5c8e-2f41-4d0b-9c7e-5a1d3e8f6b20';
const ACL = `acl {
enabled = true
default_policy = "deny"
tokens { master = "${ROOT}" agent = "${ROOT}" }
}`;
const TLS = `
cert_file = "/tls/cert.pem"
key_file = "/tls/key.pem"`;

export function createServerPool(): ServerPool {
  const idle: { readonly kind: ServerKind; readonly server: CalamityServer }[] = [];
  const all: CalamityServer[] = [];
  return {
    take: async (kind) => {
      const at = idle.findIndex((one) => one.kind === kind);
      const [known] = at < 0 ? [] : idle.splice(at, 1);
      if (known !== undefined) return known.server;
      const server = await start(kind);
      all.push(server);
      return server;
    },
    giveBack: (kind, server) => {
      idle.push({ kind, server });
    },
    stop: async () => {
      await Promise.all(all.map((server) => server.stop()));
    },
  };
}

async function start(kind: ServerKind): Promise<CalamityServer> {
  if (kind === 'cluster') return await startCluster();
  const authority = createAuthority();
  const { cert, key } = authority.issue();
  const files = { '/tls/cert.pem': cert, '/tls/key.pem': key };
  const isAcl = kind === 'acl';
  const options = { files, config: isAcl ? ACL + TLS : TLS, ...(isAcl && { token: ROOT }) };
  const server = await startConsulServer(options);
  const tls = { port: server.httpsPort, trust: { ca: authority.cert, verify: true } };
  return { ...single(server), tls, token: isAcl ? ROOT : undefined };
}

function single({ port, ask, restart, stop }: ConsulServer): Omit<CalamityServer, 'tls' | 'token'> {
  const elect = async () => await restart('kept');
  return { port, ask, restart, elect, stop };
}
