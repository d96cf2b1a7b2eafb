import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { CONSUL_IMAGE } from '../support/docker.ts';
import { output, run } from '../support/shell.ts';

const ROOT = resolve(import.meta.dirname, '../..');

it.each(['once', 'memory'])('the demo holds in every step and leaves nothing behind: DEMO=%s', async (mode) => {
  const { code, stdout, stderr } = await run(process.execPath, [`${ROOT}/scripts/demo/main.ts`], {
    DEMO: mode,
    CONSUL_IMAGE,
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const failures = stdout.split('\n').filter((line) => line.includes('failed:'));
  expect(failures).toEqual([
    expect.stringMatching(/^requests: \d+ failed: 0$/),
    expect.stringMatching(/^requests: \d+ failed: 0$/),
  ]);
  expect(await output('docker', 'ps', '-aq', '--filter', 'label=portolan.demo')).toBe('');
});

it('the demo refuses a mode that it does not know', async () => {
  const { code, stderr } = await run(process.execPath, [`${ROOT}/scripts/demo/main.ts`], { DEMO: 'twice' });
  expect({ code, stderr }).toEqual({ code: 2, stderr: 'demo: DEMO=twice is none of: once, memory, stop, or empty\n' });
});
