import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { errorMessage, PortolanError } from '../lib/errors.ts';
import { parseConfig } from './hcl/parse-config.ts';
import { type RenderFile, renderFileSchema } from './render-schema.ts';

/** What is wrong, a line each. */
export type ReadOutcome<T> =
  | { readonly kind: 'read'; readonly value: T }
  | { readonly kind: 'mistakes'; readonly mistakes: readonly string[] };

function checkRenderFile(name: string, data: unknown): ReadOutcome<RenderFile> {
  const result = renderFileSchema.safeParse(data);
  if (result.success) return { kind: 'read', value: result.data };
  return { kind: 'mistakes', mistakes: result.error.issues.map((issue) => `${name}: ${issueText(issue)}`) };
}

/** What a flag says, as a file that says only that. `path` is the key by blocks. */
export function readRenderFlag(
  name: string,
  { path, value }: { readonly path: readonly string[]; readonly value: unknown },
): ReadOutcome<RenderFile> {
  const data = path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
  const result = renderFileSchema.safeParse(data);
  if (result.success) return { kind: 'read', value: result.data };
  return { kind: 'mistakes', mistakes: result.error.issues.map(({ message }) => `-${name}: ${message}`) };
}

function issueText({ path, message }: z.core.$ZodIssue): string {
  const place = path.map((part) => (typeof part === 'number' ? `[${part + 1}]` : `.${String(part)}`)).join('');
  return place === '' ? message : `${place.replace(/^\./, '')} ${message}`;
}

/** Reads a text of HCL or JSON. */
export function readRenderText(name: string, text: string): ReadOutcome<RenderFile> {
  try {
    return checkRenderFile(name, parseConfig({ name, text }));
  } catch (error) {
    if (!(error instanceof PortolanError)) throw error;
    return { kind: 'mistakes', mistakes: [error.message] };
  }
}

/** Reads a file, or all files of a folder and its folders in the order of their names; hidden ones are left out. */
export function readRenderPath(path: string): ReadOutcome<readonly RenderFile[]> {
  const found: RenderFile[] = [];
  const mistakes: string[] = [];
  try {
    for (const file of filesAt(path)) {
      const outcome = readRenderText(file, readFileSync(file, 'utf8'));
      if (outcome.kind === 'read') found.push(outcome.value);
      else mistakes.push(...outcome.mistakes);
    }
  } catch (error) {
    mistakes.push(`${path}: cannot be read: ${errorMessage(error)}`);
  }
  return mistakes.length > 0 ? { kind: 'mistakes', mistakes } : { kind: 'read', value: found };
}

/** Hidden ones are left out since mounted configurations hold their files twice. */
function filesAt(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path).filter((name) => !name.startsWith('.'));
  return names.toSorted().flatMap((name) => filesAt(join(path, name)));
}
