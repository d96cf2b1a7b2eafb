import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { errorMessage, TerminalError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';

/** PEM texts, checked. */
export interface ConsulTlsFiles {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly serverName?: string;
  /** Whether the agent's certificate is looked at. */
  readonly verify: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** A file of certificates or of a key, and the variable that named it or its folder. */
interface PemFile {
  readonly variable: string;
  readonly path: string;
  readonly kind: 'certificates' | 'key';
}

/**
 * What connections to Consul present and demand, read again when the files change. New files that cannot be used, as in
 * the middle of being replaced, leave the old ones in force, and it is said.
 *
 * Throws a `TerminalError` (`FILE_UNREADABLE`) when they cannot be used at the start.
 * Source: hashicorp/consul, `api.SetupTLSConfig`: `CONSUL_CACERT` comes before `CONSUL_CAPATH`.
 */
export function consulTls(environment: Environment, log?: Pick<Log, 'info' | 'warn'>): () => ConsulTlsFiles {
  const stamp = () => stampOf(environment);
  let seen = stamp();
  let files = readTls(environment);
  return () => {
    const now = stamp();
    if (now === seen) return files;
    seen = now;
    try {
      files = readTls(environment);
      log?.info('certificates for Consul were read again');
    } catch (error) {
      const facts = { error: errorMessage(error) };
      log?.warn('the changed certificates for Consul cannot be used; going on with those of before', facts);
    }
    return files;
  };
}

function readTls(environment: Environment): ConsulTlsFiles {
  const ca = caFiles(environment).map(readPem).join('\n');
  const [cert, key] = clientPair(environment);
  const serverName = environment['CONSUL_TLS_SERVER_NAME'];
  return {
    verify: !/^(0|f|false)$/i.test(environment['CONSUL_HTTP_SSL_VERIFY'] ?? ''),
    ...(ca !== '' && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...(serverName && { serverName }),
  };
}

function clientPair(environment: Environment): readonly string[] {
  const { CONSUL_CLIENT_CERT: certPath, CONSUL_CLIENT_KEY: keyPath } = environment;
  if (!certPath && !keyPath) return [];
  if (!certPath || !keyPath) throw unusable('CONSUL_CLIENT_CERT and CONSUL_CLIENT_KEY: one is set without the other');
  const cert = readPem({ variable: 'CONSUL_CLIENT_CERT', path: certPath, kind: 'certificates' });
  const key = readPem({ variable: 'CONSUL_CLIENT_KEY', path: keyPath, kind: 'key' });
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    throw unusable(`CONSUL_CLIENT_KEY: ${keyPath} does not belong to the certificate in ${certPath}`, error);
  }
  return [cert, key];
}

function caFiles(environment: Environment): readonly PemFile[] {
  const { CONSUL_CACERT: file, CONSUL_CAPATH: folder } = environment;
  if (file) return [{ variable: 'CONSUL_CACERT', path: file, kind: 'certificates' }];
  if (!folder) return [];
  const variable = 'CONSUL_CAPATH';
  const paths = attempt(variable, folder, () => filesIn(folder));
  if (paths.length === 0) throw unusable(`${variable}: there is no file in ${folder}`);
  return paths.map((path) => ({ variable, path, kind: 'certificates' }));
}

/** Without hidden ones: mounted secrets hold their files twice. */
function filesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .toSorted()
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

function readPem({ variable, path, kind }: PemFile): string {
  const text = attempt(variable, path, () => readFileSync(path, 'utf8'));
  try {
    if (kind === 'key') createPrivateKey(text);
    else certificatesIn(text);
  } catch (error) {
    const what = kind === 'key' ? 'no private key' : 'no certificate';
    throw unusable(`${variable}: ${path} holds ${what} in PEM format that can be used: ${errorMessage(error)}`, error);
  }
  return text;
}

/** Throws when there is none, or one that cannot be read. */
function certificatesIn(text: string): readonly X509Certificate[] {
  const found = text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g);
  if (found === null) throw new Error('there is no line BEGIN CERTIFICATE');
  return found.map((certificate) => new X509Certificate(certificate));
}

function attempt<T>(variable: string, path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw unusable(`${variable}: cannot read ${path}: ${errorMessage(error)}`, error);
  }
}

function unusable(message: string, cause?: unknown): TerminalError {
  return new TerminalError('FILE_UNREADABLE', message, cause === undefined ? {} : { cause });
}

/** Changes when a file does. */
function stampOf({ CONSUL_CACERT, CONSUL_CAPATH, CONSUL_CLIENT_CERT, CONSUL_CLIENT_KEY }: Environment): string {
  const roots = [CONSUL_CACERT || CONSUL_CAPATH, CONSUL_CLIENT_CERT, CONSUL_CLIENT_KEY].filter((path) => path);
  return roots.flatMap((root = '') => stampsOf(root)).join('\n');
}

/** A file that cannot be looked at is a change too. */
function stampsOf(path: string): readonly string[] {
  try {
    const facts = statSync(path);
    const own = `${facts.mtimeMs} ${facts.ino} ${facts.size}`;
    return facts.isDirectory() ? [own, ...filesIn(path).flatMap(stampsOf)] : [own];
  } catch (error) {
    return [errorMessage(error)];
  }
}
