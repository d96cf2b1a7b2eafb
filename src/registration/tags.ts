import type { ContainerSnapshot, Protocol } from '../domain/container.ts';
import { type Metadata, settingOf, type Warning } from './metadata.ts';
import { type Sourced, sourceOf } from './sourced.ts';
import type { TagsTemplate } from './tags-template.ts';

const MAX_TAGS = 64;

/** What `--tags` gives to the services of one container: a comma list, where it comes from, and why not. */
export interface FlagTags extends Sourced<string> {
  readonly warnings: readonly Warning[];
}

/** A template that fails on a container, or waits for a document, gives it no tags. */
export function tagsOfFlag(container: ContainerSnapshot, flag: string | TagsTemplate): FlagTags {
  if (typeof flag === 'string') return { value: flag, from: '--tags', warnings: [] };
  const tags = flag.tagsOf(container);
  const from = 'template --tags';
  if (tags.kind === 'tags') return { value: tags.list, from, warnings: [] };
  const problem = 'fails on this container, which goes without the tags of the template';
  const warnings = [
    { label: '--tags', value: flag.text, problem: `${problem}: ${'reason' in tags ? tags.reason : ''}` },
  ];
  return { value: '', from, warnings: tags.kind === 'failed' ? warnings : [] };
}

/**
 * The tags of a service in their order: those of its label, those of `--tags`, and the protocol unless that is TCP. Of
 * more than 64 the last of the label are left out, then those of `--tags`.
 */
export function serviceTags(
  metadata: Metadata,
  protocol: Protocol,
  { value: forAll, from, warnings: flagWarnings }: FlagTags,
): { readonly parts: readonly Sourced<readonly string[]>[]; readonly warnings: readonly Warning[] } {
  const warnings: Warning[] = [...flagWarnings];
  const ofProtocol = protocolMark(protocol);
  const own = splitTags(settingOf(metadata, 'tags') ?? '');
  const ofFlag = splitTags(forAll);
  const room = MAX_TAGS - ofProtocol.length;
  const keptOfFlag = ofFlag.slice(0, room);
  const keptOwn = own.slice(0, room - keptOfFlag.length);
  const setting = metadata.get('tags');
  const cut = (label: string, all: number, kept: number): void => {
    const problem = `would make more than the ${MAX_TAGS} tags of a service; the last ${all - kept} are left out`;
    if (kept < all) warnings.push({ label, value: `${all} tags`, problem });
  };
  cut(setting?.label ?? 'SERVICE_TAGS', own.length, keptOwn.length);
  cut('--tags', ofFlag.length, keptOfFlag.length);
  const parts = [
    { value: keptOwn, from: setting === undefined ? '' : sourceOf(setting) },
    { value: keptOfFlag, from },
    { value: ofProtocol, from: 'rule: the protocol of the port' },
  ];
  return { parts: parts.filter(({ value }) => value.length > 0), warnings };
}

/** What tells a protocol apart in IDs and tags; TCP goes without. */
export function protocolMark(protocol: Protocol): readonly string[] {
  return protocol === 'tcp' ? [] : [protocol];
}

/**
 * Splits a comma list: `\,` is a comma, every other backslash stays, blanks stay, empty items go, duplicates stay.
 *
 * Source: registrator 6bfadbc, `bridge/util.go: recParseEscapedComma`.
 * Differs: keeps the order of the text, where registrator reversed it.
 */
export function splitTags(text: string): readonly string[] {
  if (text === '') return [];
  const items: string[] = [];
  let item = '';
  for (let i = 0; i < text.length; i++) {
    if (text.startsWith('\\,', i)) {
      item += ',';
      i++;
    } else if (text[i] === ',') {
      items.push(item);
      item = '';
    } else {
      item += text[i];
    }
  }
  return [...items, item].filter((tag) => tag !== '');
}
