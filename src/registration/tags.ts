import type { Protocol } from '../domain/container.ts';
import { type Metadata, settingOf, type Warning } from './metadata.ts';
import { type Sourced, sourceOf } from './sourced.ts';

const MAX_TAGS = 64;

/**
 * The tags of a service in their order: those of its label, those of `--tags`, and the protocol unless that is TCP. Of
 * more than 64 the last of the label are left out, then those of `--tags`.
 */
export function serviceTags(
  metadata: Metadata,
  protocol: Protocol,
  forAll: string,
): { readonly parts: readonly Sourced<readonly string[]>[]; readonly warnings: readonly Warning[] } {
  const warnings: Warning[] = [];
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
    { value: keptOfFlag, from: '--tags' },
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
