import { expect, it } from 'vitest';
import { PortolanError } from '../../../src/lib/errors.ts';
import { createCommandRuns } from '../../../src/rendering/command-runs.ts';
import type { TimedCommand } from '../../../src/rendering/runner-contracts.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { createRecordingLog } from '../../support/recording-log.ts';

const command = (text: string): TimedCommand => ({ command: [text], environment: {}, timeoutMs: 1_000 });
const never = new AbortController().signal;

/** Commands that leave a note; `hang` never ends by itself, `fail` fails. */
function startRuns() {
  const notes: string[] = [];
  const clock = createFakeClock();
  const runs = createCommandRuns({
    commands: {
      run: async ({ command: [text = ''] }, _options, signal) => {
        notes.push(text);
        if (text === 'hang') await clock.sleep(Number.POSITIVE_INFINITY, signal);
        if (text === 'fail') throw new PortolanError('COMMAND_FAILED', 'fail: ends with 1');
      },
      start: () => Promise.reject(new Error('no program is expected here')),
    },
    files: { isCurrent: () => Promise.reject(new Error('no file')), stage: () => Promise.reject(new Error('no file')) },
    clock,
    log: createRecordingLog(),
    random: () => 1,
  });
  return { runs, notes, clock };
}

it('runs what was aborted, and what it did not come to, the next time', async () => {
  const { runs, notes } = startRuns();
  for (const text of ['a', 'hang', 'b']) runs.want(command(text));
  const ending = new AbortController();
  const running = runs.run(ending.signal);
  ending.abort(new Error('over'));
  await expect(running).rejects.toThrow('over');
  expect(notes).toEqual(['a', 'hang']);
  runs.keepOnly([command('b')]);
  expect(await runs.run(never)).toEqual([]);
  expect(notes).toEqual(['a', 'hang', 'b']);
});

it('does not try again what is no longer among the commands', async () => {
  const { runs, notes, clock } = startRuns();
  runs.want(command('fail'));
  expect(await runs.run(never)).toHaveLength(1);
  expect(runs.dueMs()).toBe(clock.monotonicMs() + 1_000);
  runs.keepOnly([command('other')]);
  expect(runs.dueMs()).toBe(Number.POSITIVE_INFINITY);
  expect(notes).toEqual(['fail']);
});
