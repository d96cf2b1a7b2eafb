import { memoryUsage } from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { parseInspect } from '../../src/adapters/docker/inspect-schema.ts';
import type { ContainerSnapshot } from '../../src/domain/container.ts';
import { type FollowedSource, type FollowOptions, followSource } from '../support/followed-source.ts';
import { type SimulatedDocker, startSimulatedDocker, type Tamper } from '../support/simulated-docker.ts';
import { createTempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

let engine: SimulatedDocker;

beforeEach(async () => {
  engine = await startSimulatedDocker(createTempFolder());
  onTestFinished(() => engine.close());
});

async function follow(options: Partial<FollowOptions> = {}): Promise<FollowedSource> {
  const source = await followSource({ host: engine.host, ...options });
  onTestFinished(() => source.stop());
  return source;
}

/** What the engine holds in truth. */
function truth(): readonly ContainerSnapshot[] {
  const alive = engine.ids().filter((id) => engine.isRunning(id));
  return alive.map((id) => parseInspect(engine.inspect(id)).snapshot).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Bytes in use when nothing unused is left. */
function usedBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return memoryUsage().heapUsed;
}

const MIB = 1024 * 1024;

describe('5,000 containers', () => {
  it('F49: that start and end at once are all seen, leave nothing in memory, and so is each single one after', async () => {
    const source = await follow();
    const used: number[] = [];
    for (let round = 0; round < 2; round++) {
      const ids = engine.start(5_000);
      await until('all are seen', () => source.seen().length === 5_000, 30_000);
      expect(source.seen()).toEqual(truth());
      for (const id of ids) engine.kill(id);
      for (const id of ids) engine.remove(id);
      await until('none is seen', () => source.seen().length === 0, 30_000);
      engine.takeRequests();
      used.push(usedBytes());
    }
    expect((used[1] ?? 0) - (used[0] ?? 0)).toBeLessThan(2 * MIB);
    for (let single = 1; single <= 10; single++) {
      engine.start();
      await until('a single one is seen', () => source.seen().length === single);
    }
    expect(source.seen()).toEqual(truth());
    expect(source.failures).toEqual([]);
  });

  it('F49: cost less than 4 KiB each, and are inspected once, not by each resync', async () => {
    engine.start(5_000);
    const before = usedBytes();
    const source = await follow();
    expect(engine.takeRequests()).toHaveLength(5_000 + ['list', 'events'].length);
    expect(usedBytes() - before).toBeLessThan(5_000 * 4_096);
    for (let resync = 0; resync < 2; resync++) {
      source.resync();
      await until('nothing but a list is asked for', () => engine.takeRequests().join() === 'GET /containers/json');
    }
    expect(source.seen()).toEqual(truth());
  });

  it('F45: of which each has 5,000 labels are read one by one, and only what is of use stays', async () => {
    const labels = Object.fromEntries(
      Array.from({ length: 5_000 }, (_, i) => [`org.example.label-${i}`, `value ${i}`]),
    );
    engine.start(100, { labels: { ...labels, SERVICE_NAME: 'shop' } });
    const before = usedBytes();
    const source = await follow();
    expect(source.seen().map((container) => container.labels['SERVICE_NAME'])).toEqual(Array(100).fill('shop'));
    expect(usedBytes() - before).toBeLessThan(100 * 128 * 1_024);
  });
});

/** Numbers in [0, 1) that are the same for the same seed. Source: mulberry32. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Tells events late, in another order, twice, or with some chance not at all. */
function disorder(random: () => number, lossChance: number): { readonly tamper: Tamper; readonly flush: () => void } {
  const late: string[] = [];
  let sendLate: (line: string) => void = () => undefined;
  const sendOne = (): void => {
    const [line] = late.splice(Math.floor(random() * late.length), 1);
    if (line !== undefined) sendLate(line);
  };
  return {
    tamper: (line, send) => {
      sendLate = send;
      if (random() >= lossChance) late.push(line);
      if (random() < 0.2) late.push(line);
      while (late.length > 50) sendOne();
    },
    flush: () => {
      while (late.length > 0) sendOne();
    },
  };
}

/** Something happens to one of some containers. */
function happen(random: () => number): void {
  const ids = engine.ids();
  const id = ids[Math.floor(random() * ids.length)];
  if (id === undefined || ids.length < 20) {
    engine.start();
    return;
  }
  const chance = random();
  if (!engine.isRunning(id)) {
    if (chance < 0.8) engine.startAgain(id);
    else engine.remove(id);
  } else if (chance < 0.4) engine.kill(id);
  else if (chance < 0.6) engine.setHealth(id, random() < 0.5 ? 'healthy' : 'unhealthy');
  else if (chance < 0.7) engine.rename(id, `renamed-${Math.floor(random() * 1e9)}`);
  else if (chance < 0.85) engine.pause(id);
  else engine.unpause(id);
}

describe('10,000 events', () => {
  it.each([
    { what: 'out of order and doubled', lossChance: 0, resyncs: false },
    { what: 'out of order, doubled and lost', lossChance: 0.3, resyncs: true },
  ])('F5: that are told $what end in what inspecting says', async ({ lossChance, resyncs }) => {
    const seed = Number(process.env['PORTOLAN_TEST_SEED'] ?? Math.trunc(Math.random() * 2 ** 31));
    process.stderr.write(`events: PORTOLAN_TEST_SEED=${seed}\n`);
    const random = randomNumbers(seed);
    const source = await follow();
    const { tamper, flush } = disorder(random, lossChance);
    let told = 0;
    engine.tamperWith((line, send) => {
      told += 1;
      tamper(line, send);
    });
    while (told < 10_000) {
      for (let burst = 0; burst < 50; burst++) happen(random);
      const id = engine.ids().find(() => random() < 0.2);
      const release = id === undefined ? undefined : engine.hold(id);
      await new Promise((resolve) => setImmediate(resolve));
      release?.();
    }
    flush();
    if (resyncs) source.resync();
    await until('it sees what is', () => JSON.stringify(source.seen()) === JSON.stringify(truth()), 5_000).catch(
      () => undefined,
    );
    expect(source.seen()).toEqual(truth());
    expect(source.failures).toEqual([]);
  });
});
