import * as z from 'zod';
import type { ContainerSnapshot } from '../../domain/container.ts';
import { errorMessage } from '../../lib/errors.ts';
import { parseInspect } from './inspect-schema.ts';

export type InspectOutput =
  | { readonly kind: 'containers'; readonly containers: readonly ContainerSnapshot[] }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Reads what `docker inspect` prints: a JSON list of containers, or one of them alone. `keepsAnswer` as in `parseInspect`. */
export function parseInspectOutput(text: string, { keepsAnswer = false } = {}): InspectOutput {
  let output: unknown;
  try {
    // Some shells begin their files with a byte order mark.
    output = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return { kind: 'unreadable', reason: text.trim() === '' ? 'it is empty' : errorMessage(error) };
  }
  const entries: readonly unknown[] = Array.isArray(output) ? output : [output];
  const containers: ContainerSnapshot[] = [];
  for (const [i, entry] of entries.entries()) {
    try {
      containers.push(parseInspect(entry, { keepsAnswer }).snapshot);
    } catch (error) {
      const reason = `entry ${i + 1} of ${entries.length} is no container: ${problemOf(error)}`;
      return { kind: 'unreadable', reason };
    }
  }
  return { kind: 'containers', containers };
}

function problemOf(error: unknown): string {
  const issue = error instanceof z.ZodError ? error.issues[0] : undefined;
  return issue === undefined ? errorMessage(error) : `${issue.path.join('.') || 'it'}: ${issue.message}`;
}
