export interface JsonStyle {
  /** What each level is indented by. Without it all is one line, without blanks. */
  readonly indent?: string | undefined;
  /** Whether `<`, `>` and `&` are escaped, as Go does when not told otherwise. */
  readonly escapesHtml: boolean;
}

/** Texts whole, so that nothing in them is taken for a bracket; other values and blanks as they come. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s"[\]{},:]+/g;

/**
 * JSON that is there already, in another style. `lineStart` is a line break and the indentation of the level where it
 * stands. Source: Go 1.26, `encoding/json`, `appendCompact` and `appendIndent`.
 */
export function laidOut(json: string, { indent, escapesHtml }: JsonStyle, lineStart: string): string {
  const tokens = json.match(TOKEN) ?? [];
  let out = '';
  let depth = 0;
  const startLine = (): void => {
    if (indent !== undefined) out += lineStart + indent.repeat(depth);
  };
  for (const [i, token] of tokens.entries()) {
    const isFirst = tokens[i - 1] === '{' || tokens[i - 1] === '[';
    if (token === '}' || token === ']') {
      depth--;
      if (!isFirst) startLine();
    } else if (isFirst) startLine();
    out += escapesHtml ? token.replace(/[<>&\u2028\u2029]/g, escaped) : token;
    if (token === '{' || token === '[') depth++;
    else if (token === ',') startLine();
    else if (token === ':' && indent !== undefined) out += ' ';
  }
  return out;
}

function escaped(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
