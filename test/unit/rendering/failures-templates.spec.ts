import { linkSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as oneTurn } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { createFileSource } from '../../../src/adapters/files/watched-file.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { createCatalogData } from '../../../src/rendering/catalog-data.ts';
import { createRenderer, type RendererOptions, type RenderOutcome } from '../../../src/rendering/renderer.ts';
import { createTemplateData } from '../../../src/rendering/template-data.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { createTempFolder } from '../../support/temp-folder.ts';
import { until } from '../../support/until.ts';

const SECRET = 'the-secret-of-the-host';

let folder: string;
let sandbox: string;

beforeEach(() => {
  folder = createTempFolder();
  sandbox = join(folder, 'sandbox');
  mkdirSync(join(sandbox, 'deep/er'), { recursive: true });
  writeFileSync(join(sandbox, 'allowed'), 'allowed');
  writeFileSync(join(folder, 'secret'), SECRET);
});

/** What becomes of a template once all files that it asks for were looked at. */
async function settled(text: string, options: RendererOptions = {}): Promise<RenderOutcome> {
  const { evaluate } = createRenderer(text, options);
  const ending = new AbortController();
  const catalog = createCatalogData({ follow: async () => await Promise.resolve() });
  const data = createTemplateData({ catalog, consul: undefined, files: createFileSource(systemClock) });
  const following = data.follow(() => undefined, ending.signal);
  const surroundings = { environment: { SECRET }, clock: createFakeClock(), warn: () => undefined };
  let outcome = evaluate(data, surroundings);
  await until('the files were looked at', () => {
    data.want(outcome.queries);
    outcome = evaluate(data, surroundings);
    return outcome.kind !== 'waiting';
  });
  ending.abort();
  await following;
  return outcome;
}

function resultOf(outcome: RenderOutcome): string {
  return outcome.kind === 'rendered' ? outcome.output : `${outcome.kind} ${JSON.stringify(outcome)}`;
}

/** A hundred ways out of the folder: through parents, roots, links, links to links, and names that look harmless. */
function ways(): readonly string[] {
  const inside = [sandbox, join(sandbox, 'deep'), join(sandbox, 'deep/er'), `${sandbox}/./deep//er/..`];
  const out = inside.map(
    (from) =>
      from
        .replace(folder, '')
        .split('/')
        .filter((part) => !['', '.'].includes(part)).length,
  );
  const byParents = inside.flatMap((from, i) =>
    Array.from(
      { length: 12 },
      (_, more) => `${from}/${'../'.repeat((out[i] ?? 0) + more)}${more === 0 ? '' : folder}/secret`,
    ),
  );
  const links = ['file', 'folder', 'root', 'self', 'up', 'chain-1', 'chain-2', '..link', 'a\u0301', '%2e%2e'];
  const targets = [join(folder, 'secret'), folder, '/', '/proc/self/root', '..'];
  const byLinks = links.flatMap((name, i) => {
    const target = targets[i % targets.length] ?? '/';
    const link = join(sandbox, `link-${name}`);
    symlinkSync(target, link);
    symlinkSync(link, `${link}-again`);
    const rest = { [targets[0] ?? '']: '', [folder]: '/secret', '..': '/secret' }[target] ?? `${folder}/secret`;
    return [`${link}${rest}`, `${link}-again${rest}`, `${sandbox}/deep/../link-${name}${rest}`];
  });
  const others = [
    ...[join(folder, 'secret'), `/${folder}/secret`, `//${folder}//secret`, `/proc/self/root${folder}/secret`],
    ...[
      `/proc/thread-self/root${folder}/secret`,
      `/dev/../${folder}/secret`,
      `${sandbox}/../secret/`,
      `${sandbox}\\..\\secret`,
    ],
    ...[
      `${sandbox}/%2e%2e/secret`,
      `${sandbox}/..%2fsecret`,
      `${sandbox}/\u2024\u2024/secret`,
      `${sandbox}/..\u0000/secret`,
    ],
    ...[`${folder}/secret\u0000${sandbox}/allowed`, `${sandbox}/allowed\u0000/../../secret`, `${sandbox}-x/../secret`],
    ...['/etc/passwd', '/etc/shadow', '/proc/self/environ', '/proc/1/environ', '/dev/stdin', '/dev/zero', '.', ''],
  ];
  return [...byParents, ...byLinks, ...others];
}

describe('F51: what templates may read', () => {
  it('F51: reads a file of the sandbox, directly and by a link', async () => {
    symlinkSync('../allowed', join(sandbox, 'deep/link'));
    const text = `{{file "${sandbox}/allowed"}} {{file "${sandbox}/deep/link"}} {{file "${sandbox}/deep/../allowed"}}`;
    expect(resultOf(await settled(text, { sandboxPath: sandbox }))).toBe('allowed allowed allowed');
  });

  it('F51: of a hundred ways out of the sandbox none leads to anything', async () => {
    const attempts = ways();
    expect(attempts.length).toBeGreaterThanOrEqual(100);
    const results = await Promise.all(
      attempts.map(async (path) => {
        const outcome = await settled(`{{file ${JSON.stringify(path)}}}`, { sandboxPath: sandbox });
        return outcome.kind === 'rendered' ? `${path}: ${outcome.output}` : outcome.kind;
      }),
    );
    // The empty path is no file at all.
    expect(results.filter((result) => result !== 'failed')).toEqual([': ']);
  });

  it('F51: a link that is changed all the time never leads out', async () => {
    const link = join(sandbox, 'link');
    const query = { kind: 'file', path: link, sandbox } as const;
    const ending = new AbortController();
    const source = createFileSource(systemClock);
    const following = source.follow(() => undefined, ending.signal);
    const seen = new Set<string>();
    for (let turn = 0; turn < 2_000; turn++) {
      const next = join(folder, 'next');
      symlinkSync(turn % 2 === 0 ? join(sandbox, 'allowed') : join(folder, 'secret'), next);
      renameSync(next, link);
      if (turn % 7 === 0) source.want([]);
      source.want([{ text: 'link', query }]);
      await oneTurn();
      const reading = source.read('link');
      seen.add(reading.kind === 'known' ? Buffer.from(reading.answer as Uint8Array).toString() : reading.kind);
    }
    ending.abort();
    await following;
    expect(seen).toEqual(new Set(['pending', 'allowed', 'failed']));
  });

  it('F51: without a sandbox reads what its user may read, as consul-template does', async () => {
    linkSync(join(folder, 'secret'), join(folder, 'other'));
    expect(resultOf(await settled(`{{file "${folder}/other"}} {{env "SECRET"}}`))).toBe(`${SECRET} ${SECRET}`);
  });

  it.each([
    'plugin "cat" "/etc/passwd"',
    'writeToFile "/tmp/x" "" "" "0644" "x"',
    'sockaddr "GetPrivateIP"',
    'secret "x"',
  ])('F51: {{%s}} does nothing but fail', async (call) => {
    expect(resultOf(await settled(`{{${call}}}`))).toContain('not supported: Portolan ');
  });

  it.each([
    'sprig_env "HOME"',
    'sprig_expandenv "$HOME"',
    'sprig_getHostByName "localhost"',
    'httpGet "http://127.0.0.1/"',
  ])('F51: {{%s}} is no function of templates', (call) => {
    expect(() => createRenderer(`{{${call}}}`)).toThrow(`function "${call.split(' ', 1)[0]}" not defined`);
  });

  it('F51: a function that is denied fails when it is called', async () => {
    const denied = ['file', 'env*'];
    expect(resultOf(await settled('{{env "SECRET"}}', { denied }))).toContain('env: function is disabled');
    expect(resultOf(await settled('{{if false}}{{file "/etc/passwd"}}{{end}}ok', { denied }))).toBe('ok');
  });

  it.each([
    {
      what: 'output',
      text: '{{range loop 100000}}{{sprig_repeat 1000 "x"}}{{end}}',
      says: 'output exceeds 1000000 bytes',
    },
    { what: 'time', text: '{{range loop 1000000000}}{{end}}', says: 'evaluation takes longer than 200 ms' },
  ])('F51: an evaluation without end is ended by its $what', ({ text, says }) => {
    const renderer = createRenderer(text, { maxOutputBytes: 1_000_000, maxMs: 200 });
    const surroundings = { environment: {}, clock: systemClock, warn: () => undefined };
    const outcome = renderer.evaluate({ read: () => ({ kind: 'pending' }) }, surroundings);
    expect(resultOf(outcome)).toContain(says);
  });
});
