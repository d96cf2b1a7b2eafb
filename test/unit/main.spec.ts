import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';

const MAIN = resolve(import.meta.dirname, '../../src/main.ts');

const container = (name: string) => ({
  Id: name.padEnd(64, '0'),
  Name: `/${name}`,
  State: { Status: 'exited' },
  Config: { Image: 'team/web:1.2' },
  HostConfig: {},
  NetworkSettings: {},
});

describe('the program', () => {
  it('writes all that it has to say before it ends, however little the pipe takes at once', async () => {
    const names = Array.from({ length: 5_000 }, (_, i) => `web.${i}`);
    const child = spawn(process.execPath, [MAIN, 'explain', '--inspect', '-', '--json']);
    child.stdin.end(JSON.stringify(names.map(container)));
    const { containers } = JSON.parse(await text(child.stdout)) as { containers: readonly { name: string }[] };
    expect(containers.map(({ name }) => name)).toEqual(names);
  });
});
