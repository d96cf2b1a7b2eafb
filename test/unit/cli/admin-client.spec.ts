import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { askAdmin } from '../../../src/cli/admin-client.ts';
import { PortolanError } from '../../../src/lib/errors.ts';
import { aFakeAdmin } from '../../support/fake-admin.ts';
import { createTempFolder } from '../../support/temp-folder.ts';

function unreachable(socketPath: string, why: string): PortolanError {
  return new PortolanError('ADMIN_UNREACHABLE', `no Portolan answers at ${socketPath}: ${why}`, {
    hint: 'Is it running on this host? Its --run-dir must be the same as here.',
  });
}

describe('askAdmin', () => {
  it.each([
    { status: 200, text: '{"version":"1.2.3"}' },
    { status: 503, text: 'not ready\n' },
    { status: 200, text: '' },
    // Three bytes each, so that the pieces in which it comes end within a character.
    { status: 200, text: '€'.repeat(100_000) },
  ])('gives the status $status and the whole text', async (answer) => {
    const { socketPath, asked } = await aFakeAdmin(answer);
    expect(await askAdmin(socketPath, '/readyz?verbose')).toStrictEqual(answer);
    expect(asked).toEqual(['GET /readyz?verbose']);
  });

  it('says where nobody answers when there is no socket', async () => {
    const path = join(createTempFolder(), 'admin.sock');
    await expect(askAdmin(path, '/')).rejects.toStrictEqual(unreachable(path, `connect ENOENT ${path}`));
  });

  it('says so when the socket is left over', async () => {
    const path = join(createTempFolder(), 'admin.sock');
    await writeFile(path, '');
    await expect(askAdmin(path, '/')).rejects.toStrictEqual(unreachable(path, `connect ECONNREFUSED ${path}`));
  });

  it.each([
    { does: 'hangs up', reply: '', why: 'socket hang up' },
    { does: 'breaks off its answer', reply: 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf', why: 'aborted' },
  ])('says so when what listens $does', async ({ reply, why }) => {
    const path = join(createTempFolder(), 'admin.sock');
    const server = createServer((socket) => socket.once('data', () => socket.end(reply)));
    server.listen(path);
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    await expect(askAdmin(path, '/')).rejects.toStrictEqual(unreachable(path, why));
  });
});
