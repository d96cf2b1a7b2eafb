import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { registratorSuite } from './registrator/suite.ts';

const file = join(import.meta.dirname, 'data/registrator.json');
const cases = registratorSuite.parse(readFileSync(file, 'utf8')).filter(({ skipped }) => skipped === undefined);

describe('what registrator did, Portolan does', { concurrent: true, timeout: 60_000 }, () => {
  it.for(cases)('$name', async ({ judge }, { expect }) => {
    expect(await judge()).toEqual([]);
  });
});
