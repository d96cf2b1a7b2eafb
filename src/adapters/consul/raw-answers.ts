import { createHash } from 'node:crypto';
import { parseExactJson } from './exact-json.ts';

/** Tells one raw answer from another, and what else counts; `undefined` for an answer that is not raw. */
export function markOf(body: unknown, index = 0): string | undefined {
  return Buffer.isBuffer(body) ? `${index} ${createHash('sha1').update(body).digest('base64')}` : undefined;
}

/** What an answer says, raw or not. Throws for what is no JSON. */
export function contentOf(body: unknown): unknown {
  return Buffer.isBuffer(body) ? parseExactJson(body.toString()) : body;
}
