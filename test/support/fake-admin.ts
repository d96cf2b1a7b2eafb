import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { AdminAnswer } from '../../src/cli/admin-client.ts';
import { createTempFolder } from './temp-folder.ts';

export interface FakeAdmin {
  readonly folder: string;
  readonly socketPath: string;
  /** What was asked: `GET /readyz`. */
  readonly asked: readonly string[];
}

/** The admin socket of a running Portolan in a folder of its own, for one test; one answer to all, or one for each path. */
export async function aFakeAdmin(answer: AdminAnswer | ((path: string) => AdminAnswer)): Promise<FakeAdmin> {
  const folder = createTempFolder();
  const socketPath = join(folder, 'admin.sock');
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const { status, text } = typeof answer === 'function' ? answer(request.url ?? '') : answer;
    response.writeHead(status).end(text);
  });
  server.listen(socketPath);
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { folder, socketPath, asked };
}
