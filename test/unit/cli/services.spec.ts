import { describe, expect, it } from 'vitest';
import type { ServicesReport } from '../../../src/app.ts';
import { services } from '../../../src/cli/services.ts';
import { PortolanError } from '../../../src/lib/errors.ts';
import { aFakeAdmin } from '../../support/fake-admin.ts';
import { createFakeCliIo } from '../../support/fake-cli-io.ts';

/** What `portolan services` writes to stdout when the daemon reports this. */
async function shown(report: ServicesReport, flags = { isJson: false }): Promise<string> {
  const { socketPath, asked } = await aFakeAdmin({ status: 200, text: JSON.stringify(report) });
  const io = createFakeCliIo();
  expect(await services(socketPath, flags, io)).toBe(0);
  expect(asked).toEqual(['GET /api/v1/services']);
  const { stdout, stderr } = io.written();
  expect(stderr).toBe('');
  return stdout;
}

const web = {
  name: 'web',
  hosts: ['web', 'web.localhost'],
  url: 'http://web.localhost/',
  instances: [
    { id: 'node-a:web.1:80', node: 'node-a', address: '10.0.0.5', port: 32_080, isIn: true },
    {
      id: 'web-9',
      node: 'node-b',
      address: '10.0.0.6',
      port: 80,
      isIn: false,
      reason: 'its check "http" is critical',
    },
  ],
};
const panicking = {
  name: 'old',
  hosts: ['old'],
  url: 'http://old/',
  warnings: ['its Meta route_panic is "no"'],
  instances: [
    { id: 'a', node: 'n', address: '10.0.0.5', port: 80, isIn: true, reason: 'panic: every instance fails its checks' },
  ],
};
const dns = { name: 'dns', hosts: [], refusal: 'it speaks UDP', instances: [] };

describe('services', () => {
  it('shows how to reach each service, and which instances are in or out, and why', async () => {
    expect(await shown([web, panicking, dns])).toBe(
      [
        'web  http://web.localhost/  1 of 2 instances',
        '  10.0.0.5:32080  in   node-a:web.1:80',
        '  10.0.0.6:80     out  node-b:web-9     its check "http" is critical',
        'old  http://old/  1 of 1 instance',
        '  warning: its Meta route_panic is "no"',
        '  10.0.0.5:80  in  n:a  panic: every instance fails its checks',
        'dns  not routed: it speaks UDP  0 of 0 instances',
        '',
      ].join('\n'),
    );
  });

  it('shows hostile names as what they are, in one line each', async () => {
    const instance = { node: 'n', address: '10.0.0.5\n', port: -1, isIn: false, reason: 'no IP\u202e' };
    const hostile = { ...dns, name: 'a\nb\u001b[31m', instances: [{ ...instance, id: 'w'.repeat(5_000) }] };
    expect(await shown([hostile])).toBe(
      [
        'a\\u000ab\\u001b[31m  not routed: it speaks UDP  0 of 1 instance',
        `  10.0.0.5\\u000a:-1  out  n:${'w'.repeat(98)}…  no IP\\u202e`,
        '',
      ].join('\n'),
    );
  });

  it('says that there are none', async () => {
    expect(await shown([])).toBe('no services yet\n');
  });

  it.each([{ report: [web, dns] }, { report: [] }])('gives the report as it is with --json', async ({ report }) => {
    expect(await shown(report, { isJson: true })).toBe(`${JSON.stringify(report, undefined, 2)}\n`);
  });

  it('throws what the daemon refuses', async () => {
    const { socketPath } = await aFakeAdmin({ status: 500, text: 'Internal Server Error\n' });
    const io = createFakeCliIo();
    await expect(services(socketPath, { isJson: true }, io)).rejects.toStrictEqual(
      new PortolanError('ADMIN_REFUSED', 'Portolan answered 500: Internal Server Error'),
    );
    expect(io.written()).toEqual({ stdout: '', stderr: '' });
  });
});
