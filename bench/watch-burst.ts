import { setTimeout as sleep } from 'node:timers/promises';
import { fileWhere } from './file-watch.ts';
import { inParallel } from './http.ts';
import { nowMs, type Reporter } from './measure.ts';
import { serverTexts, statusWrites } from './watch-catalog.ts';
import { put, type Watched } from './watch-scene.ts';

const MAX_CHANGES = 1_000;
const WIDTH = 4;

/** Many changes at once, of as many services: when is the last one seen, and what do all of them cost? */
export async function burst(watched: Watched, name: string, reporter: Reporter): Promise<void> {
  const { size, consul, launched, file, watcher, view } = watched;
  const count = Math.min(MAX_CHANGES, size.services);
  const texts = serverTexts(size, count);
  let writes = 0;
  const onChange = (_: string, changed: string | null): void => {
    if (changed !== null && file.endsWith(`/${changed}`)) writes += 1;
  };
  watcher.on('change', onChange);
  const [cpuS, agentS, startMs] = [launched.cpuS(), consul.process.cpuS(), nowMs()];
  await inParallel(statusWrites(size, count, 'critical'), WIDTH, (write) => put(consul.http, write));
  const writtenMs = nowMs();
  const seenMs = await fileWhere(watcher, file, (content) => {
    const now = view(content);
    return !texts.some((text) => now.includes(text));
  });
  await sleep(1_000);
  watcher.off('change', onChange);
  const [cpuMs, agentMs] = [(launched.cpuS() - cpuS) * 1_000, (consul.process.cpuS() - agentS) * 1_000];
  reporter.report(
    `${name} burst`,
    `${count} changes of status in ${(writtenMs - startMs).toFixed(0)} ms: all seen ${(seenMs - writtenMs).toFixed(0)} ms after the last, ` +
      `file written ${writes} times; CPU ${cpuMs.toFixed(0)} ms, the agent ${agentMs.toFixed(0)} ms`,
    { changes: count, lastMs: seenMs - writtenMs, writes, cpuMs, agentMs },
  );
}
