import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'vitest';
import { registratorSuite } from './registrator/suite.ts';

/** Recordings of what this version does not do yet, with what is missing. Each by its name, so that none is lost. */
const NOT_YET: ReadonlyMap<string, string> = new Map([
  ['cli-docker-host-bad', 'a DOCKER_HOST that can never work is found at the start'],
]);

const file = join(import.meta.dirname, 'data/registrator.json');
const cases = registratorSuite.parse(readFileSync(file, 'utf8')).filter(({ skipped }) => skipped === undefined);
const missing = [...NOT_YET].map(([name, what]) => ({ name, what }));

describe('what registrator did, Portolan does', { concurrent: true, timeout: 60_000 }, () => {
  it.for(cases.filter(({ name }) => !NOT_YET.has(name)))('$name', async ({ judge }, { expect }) => {
    expect(await judge()).toEqual([]);
  });
});

describe.runIf(NOT_YET.size > 0)('but for what is not there yet', { concurrent: true, timeout: 60_000 }, () => {
  it.for(missing)('$name: $what', async ({ name }, { expect }) => {
    const difference = (await cases.find((one) => one.name === name)?.judge()) ?? [];
    expect(difference.length, 'it is there now: take it off the list').toBeGreaterThan(0);
  });
});
