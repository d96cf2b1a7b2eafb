import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createContainerSource } from '../../../../src/adapters/docker/container-source.ts';
import { PortolanError } from '../../../../src/lib/errors.ts';
import type { ContainerSource } from '../../../../src/registration/contracts.ts';
import { createFakeClock, type FakeClock, settle } from '../../../support/fake-clock.ts';
import { createFakeDockerClient, eventLine, type FakeDockerClient, held } from '../../../support/fake-docker-client.ts';
import { createRecordingLog, type RecordingLog } from '../../../support/recording-log.ts';

const error = new PortolanError('DOCKER_REFUSED', 'it is broken');
const broken = { kind: 'unreadable', error } as const;
const tooLong = { kind: 'too-long', error } as const;

let clock: FakeClock;
let client: FakeDockerClient;
let log: RecordingLog;
let source: ContainerSource;
let ending: AbortController;
let wakes: string[];

beforeEach(async () => {
  clock = createFakeClock();
  client = createFakeDockerClient();
  log = createRecordingLog();
  ending = new AbortController();
  client.hold(held('a'), held('b'), held('c'));
  source = createContainerSource({ client, clock, log, random: () => 0.5, keepsEnded: false });
  wakes = [];
  source.watch((reason) => wakes.push(reason), ending.signal).catch(() => undefined);
  await settle();
});

afterEach(() => {
  ending.abort();
});

const names = async (resync = false) =>
  (await source.observe({ resync }, ending.signal)).map(({ name, health }) => [name, health].join(' '));
const inspected = () => client.takeCalls().filter((call) => call.startsWith('inspect'));

describe('createContainerSource, a container that cannot be read', () => {
  it('fails the first pass, since it may be Docker that fails, and is left out of the next with a warning', async () => {
    client.spoil('b', broken);
    await expect(names()).rejects.toBe(error);
    expect(log.lines).toEqual([]);
    expect(await names(true)).toEqual(['a none', 'c none']);
    expect(log.lines).toEqual([
      {
        level: 'warn',
        message: 'docker: a container cannot be read',
        facts: { container: 'b', id: 'b', consequence: 'is left out', code: 'DOCKER_REFUSED', error: 'it is broken' },
      },
    ]);
  });

  it('stays as it was last seen, if it was known', async () => {
    await names();
    client.hold(held('a'), held('b', { health: 'unhealthy' }), held('c'));
    client.spoil('b', broken);
    await expect(names(true)).rejects.toBe(error);
    expect(await names(true)).toEqual(['a none', 'b none', 'c none']);
    expect(log.lines.map(({ facts }) => facts['consequence'])).toEqual(['stays as it was last seen']);
  });

  it('is tried again after a while, and not by every resync', async () => {
    client.spoil('b', broken);
    await expect(names()).rejects.toBe(error);
    await names(true);
    client.takeCalls();
    wakes = [];
    await names(true);
    expect(inspected()).toEqual([]);
    client.spoil('b');
    await clock.advance(749);
    expect(wakes).toEqual([]);
    await clock.advance(1);
    expect(wakes).toEqual(['docker: a container is tried again']);
    expect(await names()).toEqual(['a none', 'b none', 'c none']);
    expect(log.messages()).toEqual(['docker: a container cannot be read', 'docker: a container can be read again']);
  });

  it.each([
    { when: 'an event tells of it', tell: () => client.write(eventLine('update', 'b')), resync: false },
    {
      when: 'it is listed otherwise',
      tell: () => client.hold(held('a'), held('b', { state: 'paused' })),
      resync: true,
    },
  ])('is tried again as soon as $when', async ({ tell, resync }) => {
    client.spoil('b', broken);
    await expect(names()).rejects.toBe(error);
    await names(true);
    client.takeCalls();
    tell();
    await settle();
    await names(resync);
    expect(inspected()).toEqual(['inspect b']);
  });

  it('fails no pass where it is too long, not even the first', async () => {
    client.spoil('b', tooLong);
    expect(await names()).toEqual(['a none', 'c none']);
    expect(log.messages()).toEqual(['docker: a container cannot be read']);
  });

  it('is forgotten when it is gone', async () => {
    client.spoil('b', broken);
    await expect(names()).rejects.toBe(error);
    await names(true);
    client.hold(held('a'), held('c'));
    await names(true);
    client.hold(held('a'), held('b'), held('c'));
    await expect(names(true)).rejects.toBe(error);
  });

  it('fails no pass when its answer is late, but is looked at again', async () => {
    await names();
    const release = client.pause('inspect b');
    client.write(eventLine('update', 'b'));
    await settle();
    const looking = names();
    await clock.advance(100);
    await looking;
    client.spoil('b', broken);
    wakes = [];
    release();
    await settle();
    expect(wakes).toEqual(['docker: a late answer']);
    expect(await names()).toEqual(['a none', 'b none', 'c none']);
    expect(log.messages()).toEqual(['docker: a container cannot be read']);
  });

  it('is no such thing where more containers cannot be read than can: then every pass fails', async () => {
    client.spoil('a', broken);
    client.spoil('b', broken);
    for (let pass = 0; pass < 5; pass++) await expect(names(true)).rejects.toBe(error);
    client.spoil('a');
    await clock.advance(60_000);
    expect(await names(true)).toEqual(['a none', 'c none']);
  });

  it('does not count for that where it is too long, so that nobody can stop all passes', async () => {
    for (const id of ['a', 'b']) client.spoil(id, tooLong);
    expect(await names()).toEqual(['c none']);
  });
});
