/** Something that is wrong with a template. Plain data. */
export interface TemplateProblem {
  /**
   * `syntax`: it is no template. `unsupported`: Portolan does not have it. `query`: Consul could not be asked this.
   * `call`: a call that fails with any data.
   * `evaluation`: it fails, or waits, with the data of a Consul.
   */
  readonly kind: 'call' | 'evaluation' | 'query' | 'syntax' | 'unsupported';
  readonly message: string;
  /** From 1; missing where there is none. */
  readonly line?: number;
  /** Characters before it on its line. */
  readonly column?: number;
  /** The line. */
  readonly excerpt?: string;
  /** What the reader can do about it. */
  readonly hint?: string;
}

/** A place in a text, for people. */
export function placeAt(
  text: string,
  position: number,
): { readonly line: number; readonly column: number; readonly excerpt: string } {
  const start = text.lastIndexOf('\n', position - 1) + 1;
  const end = text.indexOf('\n', position);
  const excerpt = text.slice(start, end < 0 ? undefined : end).replace(/\r$/, '');
  return { line: text.slice(0, start).split('\n').length, column: position - start, excerpt };
}
