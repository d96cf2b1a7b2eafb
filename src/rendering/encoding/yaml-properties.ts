import type { YamlScanner } from './yaml-levels.ts';
import { YamlFault, type YamlNode } from './yaml-node.ts';
import { nextToken, takeToken } from './yaml-scanner.ts';
import type { YamlToken } from './yaml-token.ts';

/** A document as it is read. */
export interface Composer {
  readonly scanner: YamlScanner;
  /** What the handles of tags stand for. */
  readonly handles: Map<string, string>;
  readonly anchors: Map<string, YamlNode>;
}

/** What a node is called, and what it is said to be. */
export interface Properties {
  readonly anchor: string;
  readonly tag: string;
}

/** The lines before a document: its version, and what the handles of its tags stand for. */
export function readDirectives({ scanner, handles }: Composer): void {
  let hasVersion = false;
  for (;;) {
    const next = nextToken(scanner);
    if (next.kind === 'version-directive') {
      if (hasVersion) refuse(next, 'found duplicate %YAML directive');
      if (next.text !== '1.1') refuse(next, 'found incompatible YAML document');
      hasVersion = true;
    } else if (next.kind === 'tag-directive') {
      if (handles.has(next.text)) refuse(next, 'found duplicate %TAG directive');
      handles.set(next.text, next.suffix);
    } else break;
    takeToken(scanner);
  }
  if (!handles.has('!')) handles.set('!', '!');
  if (!handles.has('!!')) handles.set('!!', 'tag:yaml.org,2002:');
}

/** An anchor and a tag, in any order. */
export function readProperties({ scanner, handles }: Composer): Properties {
  let anchor = '';
  let tag: YamlToken | undefined;
  for (let next = nextToken(scanner); next.kind === 'anchor' || next.kind === 'tag'; next = nextToken(scanner)) {
    if (next.kind === 'anchor' ? anchor !== '' : tag !== undefined) break;
    if (next.kind === 'anchor') anchor = next.text;
    else tag = next;
    takeToken(scanner);
  }
  if (tag === undefined) return { anchor, tag: '' };
  const prefix = tag.text === '' ? '' : handles.get(tag.text);
  if (prefix === undefined) return refuse(tag, 'found undefined tag handle');
  return { anchor, tag: prefix + tag.suffix };
}

/** Lines count from 0 here, and the first is not told. Source: go-yaml v2.4, `parser.fail`. */
export function refuse({ line }: YamlToken, problem: string): never {
  throw new YamlFault(line === 0 ? problem : `line ${line}: ${problem}`);
}
