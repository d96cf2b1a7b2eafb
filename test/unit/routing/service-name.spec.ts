import { expect, it } from 'vitest';
import { nameProblem } from '../../../src/routing/service-name.ts';
import { hostileTexts } from '../../support/hostile-texts.ts';

it.each(['web', 'Web_2.eu-west', 'w'.repeat(63), '-', '.', '__proto__'])('a service may have the name %s', (name) => {
  expect(nameProblem(name)).toBeUndefined();
});

const UNPRINTED = 'its name has characters that are not printed';
const OTHER = 'its name has other characters than letters, digits, _, . and -';
it.each([
  { name: '', problem: 'its name is empty' },
  ...['a\nb', 'a\0', '\u001b[31m', 'a\u202eb', 'a\u2028b', 'a\u200b', 'a\ud800', '../a\n'].map((name) => ({
    name,
    problem: UNPRINTED,
  })),
  ...['../../etc', '/etc/passwd', 'a/b', 'C:\\x', '/'].map((name) => ({ name, problem: 'its name looks like a path' })),
  ...['x"}{', 'a b', 'a:b', 'wéb', '%[env(PATH)]', 'a#b', "a'b"].map((name) => ({ name, problem: OTHER })),
  { name: 'w'.repeat(64), problem: 'its name has 64 characters, and 63 are the most' },
])('the name $name is refused: $problem', ({ name, problem }) => {
  expect(nameProblem(name)).toBe(problem);
});

it.each(hostileTexts)('a name with $what is refused', ({ text }) => {
  expect(nameProblem(text)).toMatch(/^its name /);
});
