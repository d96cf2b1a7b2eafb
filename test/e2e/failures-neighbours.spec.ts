import { describe, it } from 'vitest';
import { until } from '../support/until.ts';
import { readAgent } from '../torture/support/agent-state.ts';
import { PLAIN } from '../torture/support/apps.ts';
import { type Daemon, HOST_ADDRESS } from '../torture/support/daemon.ts';
import { openRig } from '../torture/support/open-rig.ts';
import type { Rig } from '../torture/support/rig.ts';

/** Waits for several resyncs of whoever runs, and gives the services of the rig that were written meanwhile. */
async function writtenInQuiet({ run, recorder }: Rig, lists = 8): Promise<readonly (string | undefined)[]> {
  const [calls, seen] = [recorder.calls.length, recorder.lists()];
  await until(`${lists} more lists`, () => recorder.lists() >= seen + lists, 30_000);
  const ids = recorder.calls.slice(calls).map(({ serviceId }) => serviceId);
  return ids.filter((id) => id?.startsWith(`${run}:${run}-`));
}

async function untilTags({ actual, serviceId }: Rig, tag: string, timeoutMs?: number): Promise<void> {
  const tags = async () => (await actual()).services[serviceId('web')]?.tags;
  await until(`the tag is ${tag}`, async () => (await tags())?.join() === tag, timeoutMs);
}

describe.concurrent('neighbours', () => {
  it('F19: of two Portolans of one host the newer one writes, the elder watches and says so, and either takes over', {
    timeout: 120_000,
  }, async (context) => {
    const { expect } = context;
    // Short, but in the relation that they have by default.
    const args = (tag: string) => ['--resync', '4s', '--ttl', '8s', '--tags', tag];
    const rig = await openRig(context, { run: 'f19', args: args('elder') });
    await rig.runContainer(PLAIN, 'web');
    await untilTags(rig, 'elder');
    const newer = await rig.another({ args: args('newer') });
    newer.start();
    await newer.ready();
    const rival = async (daemon: Daemon) => (await daemon.status()).registration?.rival;
    const seen = await until('the elder watches', async () => await rival(rig.daemon), 30_000);
    expect(await rig.daemon.statusText()).toContain(
      `passive: a newer Portolan on this host writes in its place (${seen})`,
    );
    expect(await rival(newer)).toBeUndefined();
    await untilTags(rig, 'newer');
    expect(await writtenInQuiet(rig)).toEqual([]);

    await newer.kill();
    // Its last heartbeat holds for one TTL.
    await untilTags(rig, 'elder', 12_000);
    newer.start();
    await newer.ready();
    await until('the elder watches again', async () => await rival(rig.daemon), 30_000);
    await untilTags(rig, 'newer');
    await rig.daemon.kill();
    expect(await writtenInQuiet(rig, 2)).toEqual([]);
    await untilTags(rig, 'newer');
  });

  it("F20: two hosts of one name at one agent: the second leaves the first one's services alone and names both", async (context) => {
    const { expect } = context;
    const rig = await openRig(context, { run: 'f20', args: ['--resync', '1s'] });
    await rig.runContainer(PLAIN, 'web');
    await rig.settled();
    const second = await rig.another({ owner: 'owner-of-second', args: ['--resync', '1s', '--tags', 'second'] });
    second.start();
    await second.ready();
    const conflicts = async (daemon: Daemon) => {
      const { notes = [] } = (await daemon.status()).registration ?? {};
      return notes.filter(({ kind, container }) => kind === 'conflict' && container === 'f20-web');
    };
    const [note] = await until('it says so', async () => {
      const found = await conflicts(second);
      return found.length > 0 && found;
    });
    expect(note?.text).toContain(rig.daemon.owner);
    expect(note?.text).toContain(second.owner);
    expect(await writtenInQuiet(rig)).toEqual([]);
    await second.kill();
    await rig.settled();
    expect(await conflicts(rig.daemon)).toEqual([]);
  });

  it("F52: registrator's services become Portolan's, and its leftovers stay unless --adopt says otherwise", async (context) => {
    const { expect } = context;
    const rig = await openRig(context, { run: 'f52', args: ['--resync', '1s'] });
    await rig.daemon.kill();
    await rig.runContainer({ ...PLAIN, labels: { SERVICE_NAME: 'web', SERVICE_TAGS: 'a,b' } }, 'web');
    // As registrator sends it: no mark, no check, tags turned round.
    const registrators = (ID: string) =>
      rig.consul.register({ ID, Name: 'web', Address: HOST_ADDRESS, Port: 32_768, Tags: ['b', 'a'] });
    const leftovers = [rig.serviceId('gone'), `${rig.serviceId('gone', 53)}:udp`];
    const others = ['elsewhere:gone:80', 'a-service-of-its-own'];
    for (const id of [rig.serviceId('web'), ...leftovers, ...others]) await registrators(id);

    const ids = async () => Object.keys((await readAgent(rig.consul.port, () => true)).services);
    const ours = Object.keys((await rig.expected()).services);
    rig.daemon.start();
    const isTaken = async () => (await rig.actual()).services[rig.serviceId('web')]?.meta['portolan-owner'];
    await until('the service is taken over', async () => (await isTaken()) === rig.daemon.owner);
    expect((await rig.actual()).services[rig.serviceId('web')]).toEqual(
      (await rig.expected()).services[rig.serviceId('web')],
    );
    expect(await writtenInQuiet(rig)).toEqual([]);
    const containersOfOthers = (id: string) => !id.startsWith('f52:') || id.startsWith('f52:f52-');
    expect((await ids()).filter(containersOfOthers)).toEqual([...others, ...ours, ...leftovers].toSorted());

    await rig.daemon.kill();
    const adopting = await rig.another({ args: ['--resync', '1s', '--adopt'] });
    adopting.start();
    const isGone = async () => (await ids()).every((id) => !leftovers.includes(id));
    await until('the leftovers are gone', isGone);
    expect((await ids()).filter(containersOfOthers)).toEqual([...others, ...ours].toSorted());
  });
});
