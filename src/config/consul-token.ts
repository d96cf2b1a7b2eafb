import { readFileSync, statSync } from 'node:fs';
import { errorMessage } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';

/**
 * The ACL token of now: that in the file, read again when it changes, else the fixed one. While the file is missing or
 * empty the last token counts; it is said once that the file is in trouble, and once that it no longer is.
 *
 * Differs from Consul's own client, which reads the file once and refuses to start without it.
 */
export function consulToken(
  environment: Readonly<Record<string, string | undefined>>,
  log?: Pick<Log, 'info' | 'warn'>,
): () => string | undefined {
  const path = environment['CONSUL_HTTP_TOKEN_FILE'];
  const fixed = environment['CONSUL_HTTP_TOKEN'] || undefined;
  if (path === undefined || path === '') return () => fixed;
  let token: string | undefined;
  let stamp = '';
  let isTrouble = false;

  const follow = (): void => {
    const { mtimeMs, ino, size } = statSync(path);
    const now = `${mtimeMs} ${ino} ${size}`;
    if (now === stamp) return;
    const text = readFileSync(path, 'utf8').trim();
    stamp = now;
    if (text === '') throw new Error('the file is empty');
    token = text;
    if (isTrouble) log?.info('the file of the ACL token can be read again', { path });
    isTrouble = false;
  };
  const say = (error: unknown): void => {
    if (isTrouble) return;
    isTrouble = true;
    const instead = token === undefined ? (fixed === undefined ? 'no token' : 'CONSUL_HTTP_TOKEN') : 'its last token';
    const facts = { variable: 'CONSUL_HTTP_TOKEN_FILE', path, error: errorMessage(error), instead };
    log?.warn('cannot read the ACL token; looking again with each request', facts);
  };

  return () => {
    try {
      follow();
    } catch (error) {
      say(error);
    }
    return token ?? fixed;
  };
}
