import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { healthcheck } from '../../../src/cli/healthcheck.ts';
import { aFakeAdmin } from '../../support/fake-admin.ts';
import { createFakeCliIo } from '../../support/fake-cli-io.ts';
import { createTempFolder } from '../../support/temp-folder.ts';

describe('healthcheck', () => {
  it.each([
    { status: 200, text: '[+] routing\nok\n', code: 0 },
    { status: 503, text: '[-] routing: HAProxy is missing\nnot ready\n', code: 1 },
    { status: 404, text: '{"error":"there is no GET /readyz"}', code: 1 },
  ])('passes the answer on and ends with $code for status $status', async ({ status, text, code }) => {
    const { socketPath, asked } = await aFakeAdmin({ status, text });
    const io = createFakeCliIo();
    expect(await healthcheck(socketPath, io)).toBe(code);
    expect(io.written()).toEqual({ stdout: text, stderr: '' });
    expect(asked).toEqual(['GET /readyz?verbose']);
  });

  // Docker's HEALTHCHECK reserves 2 and knows no other code.
  it('ends with 1, not 4, when nobody answers', async () => {
    const path = join(createTempFolder(), 'admin.sock');
    const io = createFakeCliIo();
    expect(await healthcheck(path, io)).toBe(1);
    expect(io.written()).toEqual({
      stdout: '',
      stderr: `portolan: no Portolan answers at ${path}: connect ENOENT ${path}\n`,
    });
  });
});
