export type YamlTokenKind =
  | 'alias'
  | 'anchor'
  | 'block-end'
  | 'block-entry'
  | 'block-mapping'
  | 'block-sequence'
  | 'document-end'
  | 'document-start'
  | 'flow-entry'
  | 'flow-mapping'
  | 'flow-mapping-end'
  | 'flow-sequence'
  | 'flow-sequence-end'
  | 'key'
  | 'scalar'
  | 'stream-end'
  | 'tag'
  | 'tag-directive'
  | 'value'
  | 'version-directive';

/** A part of a document. */
export interface YamlToken {
  readonly kind: YamlTokenKind;
  /** Where it begins, from 0. */
  readonly line: number;
  /** Of a scalar, an anchor, an alias; the handle of a tag; the version of a directive. */
  readonly text: string;
  /** Of a tag: what follows the handle. */
  readonly suffix: string;
  /** Of a scalar: that it has no quotes. */
  readonly isPlain: boolean;
}

export function token(kind: YamlTokenKind, line: number, parts: Partial<YamlToken> = {}): YamlToken {
  return { kind, line, text: '', suffix: '', isPlain: false, ...parts };
}
