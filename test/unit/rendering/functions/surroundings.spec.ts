import { expect, it } from 'vitest';
import { known, rendering } from '../../../support/evaluations.ts';

type FileQuery = { readonly kind: 'file'; readonly path: string };

const given = {
  environment: { FOO: 'bar', EMPTY: '' },
  readings: {
    'file(/x)': known<FileQuery>('free'),
    'file(/x within /srv)': known<FileQuery>('caged'),
  },
};

it.each([
  ['{{env "FOO"}}|{{env "NOPE"}}|{{env "EMPTY"}}|{{env "toString"}}|', 'bar||||'],
  ['{{mustEnv "FOO"}}', 'bar'],
  ['{{mustEnv "NOPE"}}', '<mustEnv "NOPE">: error calling mustEnv: required environment variable NOPE is empty'],
  ['{{mustEnv "EMPTY"}}', '<mustEnv "EMPTY">: error calling mustEnv: required environment variable EMPTY is empty'],
  ['{{envOrDefault "FOO" "d"}} {{envOrDefault "NOPE" "d"}} [{{envOrDefault "EMPTY" "d"}}]', 'bar d []'],
  ['{{file "/x"}}|{{file ""}}|', 'free||'],
  ['{{file "/y"}}', 'waiting: file(/y)'],
])('%s', (text, expected) => {
  expect(rendering(text, given).result).toBe(expected);
});

it('reads files within the sandbox', () => {
  expect(rendering('{{file "/x"}}', { ...given, sandboxPath: '/srv' }).result).toBe('caged');
});
