import { describe, expect, it } from 'vitest';
import { describeToken } from '../../../../src/template/parse/token.ts';

describe('describeToken', () => {
  it.each([
    { kind: 'eof', text: '', shown: 'EOF' },
    { kind: 'error', text: 'unclosed action', shown: 'unclosed action' },
    { kind: 'end', text: 'end', shown: '<end>' },
    { kind: 'dot', text: '.', shown: '<.>' },
    { kind: 'field', text: '.a', shown: '".a"' },
    { kind: 'string', text: '"a"', shown: String.raw`"\"a\""` },
    { kind: 'identifier', text: '1234567890', shown: '"1234567890"' },
    { kind: 'identifier', text: '12345678901', shown: '"1234567890"...' },
    { kind: 'field', text: '.ключевое', shown: '".ключевое"...' },
  ] as const)('$kind $text is $shown', ({ kind, text, shown }) => {
    expect(describeToken({ kind, text, position: 0, line: 1 })).toBe(shown);
  });
});
