import { expect, it } from 'vitest';
import { checkCommand } from '../../../src/rendering/candidate-check.ts';

it.each([
  {
    command: ['haproxy -c -f {} && test {}'],
    path: '/etc/.a.tmp',
    is: ['haproxy -c -f /etc/.a.tmp && test /etc/.a.tmp'],
  },
  { command: ['cat {}'], path: "/my $'s/a", is: ["cat '/my $'\\''s/a'"] },
  { command: ['nginx', '-c', '{}', 'x{}'], path: '/my $/a', is: ['nginx', '-c', '/my $/a', 'x/my $/a'] },
  { command: ['cat "$PORTOLAN_CANDIDATE"'], path: '/a', is: ['cat "$PORTOLAN_CANDIDATE"'] },
])('puts $path into $command', ({ command, path, is }) => {
  expect(checkCommand({ command, timeoutMs: 5, environment: { A: 'b' } }, path)).toStrictEqual({
    command: is,
    timeoutMs: 5,
    environment: { A: 'b', PORTOLAN_CANDIDATE: path },
  });
});
