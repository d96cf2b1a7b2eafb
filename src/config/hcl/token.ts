/** A piece of HCL, with the value of those that have one. */
export type Token = { readonly offset: number } & (
  | { readonly kind: '=' | '[' | ']' | '{' | '}' | ',' | 'end' }
  | { readonly kind: 'identifier' | 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
);

/** How a token is named in messages. */
export function describeToken(token: Token): string {
  switch (token.kind) {
    case 'end':
      return 'the end of the text';
    case 'identifier':
      return token.value;
    case 'string':
      return `the text ${JSON.stringify(token.value)}`;
    case 'number':
    case 'boolean':
      return String(token.value);
    default:
      return `'${token.kind}'`;
  }
}
