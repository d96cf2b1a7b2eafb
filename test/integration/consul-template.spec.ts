import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { consulTemplateSuite } from '../conformance/consul-template/suite.ts';

const file = join(import.meta.dirname, '../conformance/data/consul-template.json');
const cases = consulTemplateSuite.parse(readFileSync(file, 'utf8')).filter(({ skipped }) => skipped === undefined);

describe('what consul-template rendered, Portolan renders', () => {
  let end: (() => Promise<void>) | undefined;

  beforeAll(async () => {
    end = await consulTemplateSuite.prepare?.();
  });
  afterAll(async () => {
    await end?.();
  });

  it.for(cases)('$name', async ({ judge }, { expect }) => {
    expect(await judge()).toEqual([]);
  });
});
