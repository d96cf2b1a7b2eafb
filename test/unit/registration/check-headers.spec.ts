import { describe, expect, it } from 'vitest';
import { headersValue } from '../../../src/registration/check-headers.ts';

const headersOf = (text: string, json?: object) => {
  const warnings: string[] = [];
  const raw = { text, written: text, label: 'SERVICE_CHECK_HEADER', ...(json !== undefined && { json }) };
  const headers = headersValue(raw, ({ label, written }, problem) => warnings.push(`${label}=${written} ${problem}`));
  return { headers, warnings };
};

describe('headersValue', () => {
  it.each([
    { rule: 'a line', text: 'Accept: text/plain', headers: { Accept: ['text/plain'] } },
    { rule: 'a line without blanks', text: 'Accept:*/*', headers: { Accept: ['*/*'] } },
    { rule: 'a value with colons', text: 'Origin: http://a:1', headers: { Origin: ['http://a:1'] } },
    { rule: 'an empty value', text: 'Accept:', headers: { Accept: [''] } },
    { rule: 'several lines', text: 'A: 1\r\n\n B : 2 \n', headers: { A: ['1'], B: ['2'] } },
    { rule: 'a header of several values', text: 'a: 1\nB: 2\nA: 3\na: 4', headers: { a: ['1', '3', '4'], B: ['2'] } },
    { rule: 'a Host of its own', text: 'Host: shop.example', headers: { Host: ['shop.example'] } },
    { rule: 'a value beyond ASCII', text: 'X-Greeting: Grüße\tan alle', headers: { 'X-Greeting': ['Grüße\tan alle'] } },
    { rule: 'JSON', text: '{"Accept": "text/plain"}', headers: { Accept: ['text/plain'] } },
    { rule: 'JSON with lists', text: '{"A": ["1", "2"], "a": " 3 "}', headers: { A: ['1', '2', '3'] } },
    { rule: 'JSON with numbers', text: '{"A": 1, "B": [true]}', headers: { A: ['1'], B: ['true'] } },
    { rule: 'JSON without any', text: '{}', headers: undefined },
  ])('reads $rule', ({ text, headers }) => {
    expect(headersOf(text)).toEqual({ headers, warnings: [] });
  });

  it('reads the object of an entry', () => {
    expect(headersOf('', { Accept: ['text/plain'] })).toEqual({ headers: { Accept: ['text/plain'] }, warnings: [] });
  });

  it('reads names that objects have of their own', () => {
    const { headers } = headersOf('__proto__: 1\nconstructor: 2');
    expect(Object.entries(headers ?? {})).toEqual([
      ['__proto__', ['1']],
      ['constructor', ['2']],
    ]);
  });

  it.each([
    { text: 'secret', shown: 'secret: (not shown)', problem: 'has no text as its value' },
    { text: 'X Y: secret', shown: '(not shown)', problem: 'has a name that no header can have' },
    { text: ': secret', shown: '(not shown)', problem: 'has a name that no header can have' },
    { text: 'Größe: secret', shown: '(not shown)', problem: 'has a name that no header can have' },
    { text: 'X: se\u0000cret', shown: 'X: (not shown)', problem: 'has control characters' },
    { text: 'X: se\rcret', shown: 'X: (not shown)', problem: 'has control characters' },
    { text: '{"X": "se\\ncret"}', shown: 'X: (not shown)', problem: 'has control characters' },
    { text: '{"X": ["secret", null]}', shown: 'X: (not shown)', problem: 'has no text as its value' },
    { text: '{"X": {}}', shown: 'X: (not shown)', problem: 'has no text as its value' },
    { text: '{"X": []}', shown: 'X: (not shown)', problem: 'has no text as its value' },
  ])('leaves out $text alone, and does not show its value', ({ text, shown, problem }) => {
    const warnings = [`SERVICE_CHECK_HEADER=${shown} ${problem}; the header is left out`];
    expect(headersOf(text)).toEqual({ headers: undefined, warnings });
    if (!text.startsWith('{')) expect(headersOf(`A: 1\n${text}`)).toEqual({ headers: { A: ['1'] }, warnings });
  });

  it('reads 64 headers and 64 values of each', () => {
    const lines = Array.from({ length: 200_000 }, (_, i) => `X-${i}: ${i}`);
    expect(Object.keys(headersOf(lines.join('\n')).headers ?? {})).toHaveLength(64);
    expect(headersOf(lines.join('\n')).warnings).toEqual([
      'SERVICE_CHECK_HEADER=(not shown) has more than 64 headers; the rest is left out',
    ]);
    expect(headersOf(lines.slice(0, 64).join('\n')).warnings).toEqual([]);
    expect(headersOf('', { A: ['1'], B: lines })).toEqual({
      headers: { A: ['1'] },
      warnings: ['SERVICE_CHECK_HEADER=B: (not shown) has more than 64 values; the header is left out'],
    });
  });

  it.each([
    { rule: 'broken JSON', text: '{"A": "secret"', json: undefined },
    { rule: 'a list', text: '', json: ['secret'] },
  ])('leaves out $rule, and does not show it', ({ text, json }) => {
    expect(headersOf(text, json)).toEqual({
      headers: undefined,
      warnings: [
        'SERVICE_CHECK_HEADER=(not shown) is neither a JSON object nor lines of `Name: value`; it is left out',
      ],
    });
  });
});
