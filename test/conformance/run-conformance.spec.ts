import { describe, expect, it } from 'vitest';
import { type ConformanceTools, runConformance } from './run-conformance.ts';
import { CasesUnreadable, type ConformanceCase, type Suite } from './suite.ts';

function aCase(name: string, given: Partial<ConformanceCase> = {}): ConformanceCase {
  return { name, skipped: undefined, judge: async () => [], ...given };
}

const GOOD = aCase('good');
const BAD = aCase('bad', { judge: async () => ['id: port', '  registrator  80'] });
const BROKEN = aCase('broken', { judge: async () => await Promise.reject(new Error('no container')) });
const OTHER = aCase('other', { skipped: 'differs by R-name' });

async function outcome(args: string, cases: readonly ConformanceCase[] = [GOOD, BAD, BROKEN, OTHER]) {
  const printed: string[] = [];
  const events: string[] = [];
  const suite: Suite = {
    prepare: async () => {
      events.push('prepared');
      return async () => void events.push('ended');
    },
    parse: (text) => {
      if (text !== 'cases') throw new CasesUnreadable('not a file of cases');
      return cases;
    },
  };
  const tools: ConformanceTools = {
    suites: new Map([['registrator', suite]]),
    readFile: (path) => {
      if (path === 'missing.json') throw new Error('no such file');
      return path === 'cases.json' ? 'cases' : 'something else';
    },
    print: (text) => printed.push(text),
  };
  const code = await runConformance(args.split(' '), tools);
  expect(events).toEqual(code === 2 ? [] : ['prepared', 'ended']);
  return { code, lines: printed.join('').trimEnd().split('\n') };
}

describe('npm run conformance', () => {
  it('lists what is skipped and what failed, and ends with the numbers', async () => {
    expect(await outcome('registrator cases.json')).toEqual({
      code: 1,
      lines: [
        'skipped other: differs by R-name',
        'FAILED  bad',
        '          id: port',
        '            registrator  80',
        'FAILED  broken',
        '          cannot be replayed: no container',
        '1 passed, 2 failed',
      ],
    });
  });

  it('says what a suite lacks that cannot be prepared', async () => {
    const printed: string[] = [];
    const suite: Suite = {
      prepare: async () => await Promise.reject(new Error('port 1 is taken')),
      parse: () => [GOOD],
    };
    const tools = {
      suites: new Map([['registrator', suite]]),
      readFile: () => '',
      print: (text: string) => printed.push(text),
    };
    expect(await runConformance(['registrator', 'cases.json'], tools)).toBe(2);
    expect(printed).toEqual(['conformance: port 1 is taken\n']);
  });

  it('succeeds when nothing failed, whatever was skipped', async () => {
    const expected = { code: 0, lines: ['skipped other: differs by R-name', '1 passed, 0 failed'] };
    expect(await outcome('registrator cases.json', [GOOD, OTHER])).toEqual(expected);
  });

  it('says before the numbers how many messages of errors agree', async () => {
    const cases = [aCase('same', { messageAgrees: () => true }), aCase('none', { messageAgrees: () => undefined })];
    const other = aCase('other', { messageAgrees: () => false });
    const lines = ['1 of 2 error messages agree', '3 passed, 0 failed'];
    expect(await outcome('registrator cases.json', [...cases, other])).toEqual({ code: 0, lines });
  });

  it('judges one case alone', async () => {
    expect(await outcome('registrator cases.json --only good')).toEqual({ code: 0, lines: ['1 passed, 0 failed'] });
  });

  it.each([
    ['registrator', 'usage: npm run conformance -- SUITE FILE [--only NAME]'],
    ['registrator cases.json more.json', 'usage: npm run conformance -- SUITE FILE [--only NAME]'],
    ['registrator cases.json --only nothing', 'cases.json has no case "nothing"'],
    ['registrator missing.json', 'no such file'],
    ['registrator broken.json', 'not a file of cases'],
    ['haproxy cases.json', 'there is no suite "haproxy"; there are: registrator'],
  ])('%s is refused: %s', async (args, why) => {
    const { code, lines } = await outcome(args);
    expect({ code, why: lines[0] }).toEqual({ code: 2, why: `conformance: ${why}` });
  });

  it('refuses a flag that it does not know', async () => {
    expect(await outcome('registrator cases.json --all')).toMatchObject({ code: 2 });
  });
});
