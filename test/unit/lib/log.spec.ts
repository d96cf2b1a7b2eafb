import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { PortolanError, TerminalError } from '../../../src/lib/errors.ts';
import { createLog, errorFacts, type LogDestination, type LogFormat, type LogLevel } from '../../../src/lib/log.ts';

/** A destination that keeps what it is given. */
function createPaper(): LogDestination & { readonly written: string[] } {
  const written: string[] = [];
  return { written, write: (line) => written.push(line), flushSync: () => undefined };
}

async function aLog({ level = 'debug', format = 'json' }: { level?: LogLevel; format?: LogFormat } = {}) {
  const paper = createPaper();
  return { log: await createLog({ level, format }, paper), paper };
}

/** The lines as data; when they were written is the machine's business. */
function readLines({ written }: { readonly written: readonly string[] }): readonly unknown[] {
  return written.map((line) => ({ ...(JSON.parse(line) as object), time: 'now' }));
}

describe('createLog', () => {
  it('writes one line of JSON with level, time, facts and message', async () => {
    const { log, paper } = await aLog();
    log.info('service registered', { id: 'node-a:web.1:80', tags: ['a', 'b'] });
    expect(paper.written).toEqual([
      expect.stringMatching(
        /^\{"level":"info","time":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z","id":"node-a:web\.1:80","tags":\["a","b"\],"msg":"service registered"\}\n$/,
      ),
    ]);
  });

  it('names its four levels', async () => {
    const { log, paper } = await aLog();
    log.debug('a');
    log.info('b');
    log.warn('c');
    log.error('d');
    expect(readLines(paper)).toStrictEqual([
      { level: 'debug', time: 'now', msg: 'a' },
      { level: 'info', time: 'now', msg: 'b' },
      { level: 'warn', time: 'now', msg: 'c' },
      { level: 'error', time: 'now', msg: 'd' },
    ]);
  });

  it.each([
    { level: 'debug' as const, messages: ['a', 'b', 'c', 'd'] },
    { level: 'info' as const, messages: ['b', 'c', 'd'] },
    { level: 'warn' as const, messages: ['c', 'd'] },
    { level: 'error' as const, messages: ['d'] },
    { level: 'silent' as const, messages: [] },
  ])('at level $level writes $messages', async ({ level, messages }) => {
    const { log, paper } = await aLog({ level });
    log.debug('a');
    log.info('b');
    log.warn('c');
    log.error('d');
    expect(readLines(paper)).toStrictEqual(messages.map((msg) => expect.objectContaining({ msg })));
  });

  it("adds a child's facts to each of the child's lines, and to no other", async () => {
    const { log, paper } = await aLog();
    const child = log.child({ part: 'routing' });
    child.child({ service: 'web' }).info('a', { port: 80 });
    child.info('b');
    log.info('c');
    expect(readLines(paper)).toStrictEqual([
      { level: 'info', time: 'now', part: 'routing', service: 'web', port: 80, msg: 'a' },
      { level: 'info', time: 'now', part: 'routing', msg: 'b' },
      { level: 'info', time: 'now', msg: 'c' },
    ]);
  });

  it('keeps hostile text within its line and takes no formats from it', async () => {
    const { log, paper } = await aLog();
    log.info('100 %s', { name: 'web\n{"level":"error"}\u001b[31m' });
    expect(paper.written).toHaveLength(1);
    expect(readLines(paper)).toStrictEqual([
      { level: 'info', time: 'now', name: 'web\n{"level":"error"}\u001b[31m', msg: '100 %s' },
    ]);
  });

  it.each<LogFormat>(['json', 'pretty'])(
    'leaves nothing in a line that steers a terminal or turns text around: %s',
    async (format) => {
      const { log, paper } = await aLog({ format });
      log.info('a', { service: 'x\u001b[31m\u0085\u009b\u202e\u2028\x7f\r\ny', list: ['\u2066\n'] });
      const [line = ''] = paper.written;
      log.info('a', { name: 'x\u001b]0;\n', hostname: '\u001b', pid: '\u001b', caller: '\n' });
      expect(stripVTControlCharacters(paper.written[1] ?? '')).toMatch(/^[^\p{Cc}\p{Cf}]*\n$/u);
      const plain = stripVTControlCharacters(line);
      expect(plain).toMatch(/^[^\p{Cc}\p{Cf}\u2028]*\n$/u);
      expect(plain).toContain(
        '"service":"x\\u001b[31m\\u0085\\u009b\\u202e\\u2028\\u007f\\r\\ny","list":["\\u2066\\n"]',
      );
    },
  );

  it('cuts texts and lists that are very long', async () => {
    const { log, paper } = await aLog();
    log.info('a', { name: 'w'.repeat(5_000), list: Array(101).fill('x'.repeat(5_000)), object: { a: 1 } });
    log.child({ name: 'w'.repeat(5_000) }).info('b');
    const text = `${'w'.repeat(4_096)}…`;
    expect(readLines(paper)).toStrictEqual([
      {
        level: 'info',
        time: 'now',
        name: text,
        list: [...Array(100).fill(`${'x'.repeat(4_096)}…`), 'and 1 more'],
        object: { a: 1 },
        msg: 'a',
      },
      { level: 'info', time: 'now', name: text, msg: 'b' },
    ]);
  });

  it('writes for people with the level, the message and the facts on one line', async () => {
    const { log, paper } = await aLog({ format: 'pretty' });
    log.warn('address is loopback', { address: '127.0.0.1', tags: ['a'] });
    // The time is local, and the colors are the library's choice.
    const plain = paper.written.map((line) => stripVTControlCharacters(line).replace(/^\[[\d:.]+\]/, '[TIME]'));
    expect(plain).toEqual(['[TIME] WARN: address is loopback {"address":"127.0.0.1","tags":["a"]}\n']);
  });
});

describe('errorFacts', () => {
  it('says code, message, hint and cause of an error that we understand, and no stack', () => {
    const cause = new Error('connect ECONNREFUSED\n127.0.0.1:8500');
    const hint = 'Is the agent running?';
    expect(errorFacts(new PortolanError('CONSUL_UNREACHABLE', 'cannot reach Consul', { hint, cause }))).toStrictEqual({
      code: 'CONSUL_UNREACHABLE',
      error: 'cannot reach Consul',
      hint: 'Is the agent running?',
      cause: 'connect ECONNREFUSED; 127.0.0.1:8500',
    });
  });

  it('leaves out what an error does not have', () => {
    expect(errorFacts(new TerminalError('FILE_UNREADABLE', 'no'))).toStrictEqual({
      code: 'FILE_UNREADABLE',
      error: 'no',
    });
  });

  it('gives the stack of an error that nobody foresaw', () => {
    const error = new TypeError('x is not a function');
    expect(errorFacts(error)).toStrictEqual({ error: 'x is not a function', stack: error.stack });
  });

  it('says what was thrown if it is no error', () => {
    expect(errorFacts('SIGTERM')).toStrictEqual({ error: 'SIGTERM' });
  });
});
