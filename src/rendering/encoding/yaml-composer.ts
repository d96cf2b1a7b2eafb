import { createScanner, type YamlScanner } from './yaml-levels.ts';
import { YamlFault, type YamlMapping, type YamlNode, type YamlScalar, type YamlSequence } from './yaml-node.ts';
import { type Composer, type Properties, readDirectives, readProperties, refuse } from './yaml-properties.ts';
import { nextToken, takeToken } from './yaml-scanner.ts';
import type { YamlTokenKind } from './yaml-token.ts';

/** Which kinds of nodes may stand in a place. */
interface NodePlace {
  /** Not within `[` or `{`. */
  readonly isBlock: boolean;
  /** A list may be no deeper than the key before it. */
  readonly isValue: boolean;
}

const BLOCK: NodePlace = { isBlock: true, isValue: false };
const BLOCK_VALUE: NodePlace = { isBlock: true, isValue: true };
const FLOW: NodePlace = { isBlock: false, isValue: false };
const EMPTY: YamlScalar = { kind: 'scalar', text: '', tag: '', isPlain: true };
const NO_CONTENT: readonly YamlTokenKind[] = [
  ...(['version-directive', 'tag-directive', 'document-start', 'document-end', 'stream-end'] as const),
];

/**
 * The first document of a text; `undefined` where there is none. Throws a `YamlFault`.
 * Source: go-yaml v2.4, `parserc.go`.
 */
export function composeYaml(text: string): YamlNode | undefined {
  const composer: Composer = { scanner: createScanner(text), handles: new Map(), anchors: new Map() };
  const { scanner } = composer;
  if (nextToken(scanner).kind === 'stream-end') return undefined;
  const isExplicit = ['version-directive', 'tag-directive', 'document-start'].includes(nextToken(scanner).kind);
  readDirectives(composer);
  if (isExplicit) {
    const start = nextToken(scanner);
    if (start.kind !== 'document-start') refuse(start, 'did not find expected <document start>');
    takeToken(scanner);
  }
  const isEmpty = isExplicit && NO_CONTENT.includes(nextToken(scanner).kind);
  const node = isEmpty ? EMPTY : composeNode(composer, BLOCK);
  // What follows must begin well, whatever it is.
  nextToken(scanner);
  return node;
}

function composeNode(composer: Composer, place: NodePlace): YamlNode {
  const { scanner, anchors } = composer;
  const first = nextToken(scanner);
  if (first.kind === 'alias') {
    const { text: name } = takeToken(scanner);
    const target = anchors.get(name);
    if (target === undefined) throw new YamlFault(`unknown anchor '${name}' referenced`);
    return { kind: 'alias', name, target };
  }
  const properties = readProperties(composer);
  const next = nextToken(scanner);
  switch (next.kind) {
    case 'scalar': {
      takeToken(scanner);
      const { tag } = properties;
      return named(composer, properties, scalar(next.text, tag, (tag === '' && next.isPlain) || tag === '!'));
    }
    case 'block-entry':
      if (place.isValue) return composeIndentless(composer, properties);
      break;
    case 'flow-sequence':
      return composeFlowSequence(composer, properties);
    case 'flow-mapping':
      return composeFlowMapping(composer, properties);
    case 'block-sequence':
      if (place.isBlock) return composeBlockSequence(composer, properties);
      break;
    case 'block-mapping':
      if (place.isBlock) return composeBlockMapping(composer, properties);
      break;
    default:
  }
  const { anchor, tag } = properties;
  if (anchor !== '' || tag !== '') return named(composer, properties, scalar('', tag, tag === ''));
  return refuse(next, 'did not find expected node content');
}

function composeBlockSequence(composer: Composer, properties: Properties): YamlNode {
  const { scanner } = composer;
  const [node, items] = sequence(composer, properties);
  takeToken(scanner);
  while (nextToken(scanner).kind === 'block-entry') {
    takeToken(scanner);
    items.push(composeUnless(composer, ['block-entry', 'block-end'], BLOCK));
  }
  const end = nextToken(scanner);
  if (end.kind !== 'block-end') refuse(end, "did not find expected '-' indicator");
  takeToken(scanner);
  return node;
}

function composeIndentless(composer: Composer, properties: Properties): YamlNode {
  const { scanner } = composer;
  const [node, items] = sequence(composer, properties);
  while (nextToken(scanner).kind === 'block-entry') {
    takeToken(scanner);
    items.push(composeUnless(composer, ['block-entry', 'key', 'value', 'block-end'], BLOCK));
  }
  return node;
}

function composeBlockMapping(composer: Composer, properties: Properties): YamlNode {
  const { scanner } = composer;
  const [node, entries] = mapping(composer, properties);
  takeToken(scanner);
  while (nextToken(scanner).kind === 'key') {
    takeToken(scanner);
    const key = composeUnless(composer, ['key', 'value', 'block-end'], BLOCK_VALUE);
    entries.push([key, composeValue(composer, ['key', 'value', 'block-end'], BLOCK_VALUE)]);
  }
  const end = nextToken(scanner);
  if (end.kind !== 'block-end') refuse(end, 'did not find expected key');
  takeToken(scanner);
  return node;
}

function composeFlowSequence(composer: Composer, properties: Properties): YamlNode {
  const { scanner } = composer;
  const [node, items] = sequence(composer, properties);
  takeToken(scanner);
  for (let isFirst = true; nextToken(scanner).kind !== 'flow-sequence-end'; isFirst = false) {
    if (!isFirst) takeComma(scanner, "did not find expected ',' or ']'");
    const next = nextToken(scanner);
    if (next.kind === 'flow-sequence-end') break;
    items.push(next.kind === 'key' ? composePair(composer) : composeNode(composer, FLOW));
  }
  takeToken(scanner);
  return node;
}

/** A key and its value within a list: `[a: 1]`. */
function composePair(composer: Composer): YamlMapping {
  const { scanner } = composer;
  takeToken(scanner);
  const ends: readonly YamlTokenKind[] = ['flow-entry', 'flow-sequence-end'];
  let key: YamlNode = EMPTY;
  if (['value', ...ends].includes(nextToken(scanner).kind)) takeToken(scanner);
  else key = composeNode(composer, FLOW);
  return { kind: 'mapping', entries: [[key, composeValue(composer, ends, FLOW)]] };
}

function composeFlowMapping(composer: Composer, properties: Properties): YamlNode {
  const { scanner } = composer;
  const [node, entries] = mapping(composer, properties);
  takeToken(scanner);
  const ends: readonly YamlTokenKind[] = ['flow-entry', 'flow-mapping-end'];
  for (let isFirst = true; nextToken(scanner).kind !== 'flow-mapping-end'; isFirst = false) {
    if (!isFirst) takeComma(scanner, "did not find expected ',' or '}'");
    const next = nextToken(scanner);
    if (next.kind === 'flow-mapping-end') break;
    if (next.kind === 'key') {
      takeToken(scanner);
      const key = composeUnless(composer, ['value', ...ends], FLOW);
      entries.push([key, composeValue(composer, ends, FLOW)]);
    } else entries.push([composeNode(composer, FLOW), EMPTY]);
  }
  takeToken(scanner);
  return node;
}

function composeValue(composer: Composer, ends: readonly YamlTokenKind[], place: NodePlace): YamlNode {
  if (nextToken(composer.scanner).kind !== 'value') return EMPTY;
  takeToken(composer.scanner);
  return composeUnless(composer, ends, place);
}

/** A node, or nothing if the next token ends the place. */
function composeUnless(composer: Composer, ends: readonly YamlTokenKind[], place: NodePlace): YamlNode {
  return ends.includes(nextToken(composer.scanner).kind) ? EMPTY : composeNode(composer, place);
}

function takeComma(scanner: YamlScanner, problem: string): void {
  const next = nextToken(scanner);
  if (next.kind !== 'flow-entry') refuse(next, problem);
  takeToken(scanner);
}

function scalar(text: string, tag: string, isPlain: boolean): YamlScalar {
  return { kind: 'scalar', text, tag, isPlain };
}

/** A list that is filled later: what is in it may name it. */
function sequence(composer: Composer, properties: Properties): [node: YamlSequence, items: YamlNode[]] {
  const items: YamlNode[] = [];
  return [named(composer, properties, { kind: 'sequence', items }), items];
}

function mapping(composer: Composer, properties: Properties): [node: YamlMapping, entries: [YamlNode, YamlNode][]] {
  const entries: [YamlNode, YamlNode][] = [];
  return [named(composer, properties, { kind: 'mapping', entries }), entries];
}

function named<T extends YamlNode>({ anchors }: Composer, { anchor }: Properties, node: T): T {
  if (anchor !== '') anchors.set(anchor, node);
  return node;
}
