/**
 * Splits a comma list: `\,` is a comma, every other backslash stays, blanks stay, empty items go, duplicates stay.
 *
 * Source: registrator 6bfadbc, `bridge/util.go: recParseEscapedComma`.
 * Differs: keeps the order of the text, where registrator reversed it.
 */
export function splitTags(text: string): readonly string[] {
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
