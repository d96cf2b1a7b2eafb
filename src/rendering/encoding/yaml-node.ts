/** A node of a YAML document, as it is written. */
export type YamlNode = YamlAlias | YamlMapping | YamlScalar | YamlSequence;

export interface YamlScalar {
  readonly kind: 'scalar';
  readonly text: string;
  /** Whole: `tag:yaml.org,2002:int`. Empty where none is given. */
  readonly tag: string;
  /** Whether it says itself what it is: neither a tag nor quotes say it. */
  readonly isPlain: boolean;
}

export interface YamlMapping {
  readonly kind: 'mapping';
  readonly entries: readonly (readonly [key: YamlNode, value: YamlNode])[];
}

export interface YamlSequence {
  readonly kind: 'sequence';
  readonly items: readonly YamlNode[];
}

export interface YamlAlias {
  readonly kind: 'alias';
  readonly name: string;
  readonly target: YamlNode;
}

/** What a document says wrong. `message` is that of go-yaml, without `yaml: `. */
export class YamlFault extends Error {}
