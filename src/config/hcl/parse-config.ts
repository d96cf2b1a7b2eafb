import { parseJson } from './json.ts';
import { type ConfigObject, parseHcl } from './parser.ts';
import type { SourceText } from './syntax-error.ts';

/**
 * A configuration in HCL 1, or in JSON when the first thing in it is a brace, as hashicorp/hcl v1 decides.
 * Throws `CONFIG_INVALID` with line, column and a caret.
 */
export function parseConfig(source: SourceText): ConfigObject {
  const { name, text } = source;
  return /^\uFEFF?\s*\{/.test(text) ? parseJson({ name, text: text.replace(/^\uFEFF/, '') }) : parseHcl(source);
}
