import { describe, it } from 'vitest';
import { hostileTexts } from '../support/hostile-texts.ts';
import { until } from '../support/until.ts';
import { type App, PLAIN } from '../torture/support/apps.ts';
import { openRig } from '../torture/support/open-rig.ts';
import type { Rig } from '../torture/support/rig.ts';

/** Runs containers with such labels, and then a decent one. Gives the services by name of the container, when all are there. */
async function registered(rig: Rig, labels: Readonly<Record<string, App['labels']>>) {
  const names = [...Object.keys(labels), 'decent'];
  await Promise.all(names.map((name) => rig.runContainer({ ...PLAIN, labels: labels[name] ?? {} }, name)));
  return await until('all are registered', async () => {
    const { services } = await rig.actual();
    const found = names.flatMap((name) => {
      const service = services[rig.serviceId(name)];
      return service === undefined ? [] : [[name, service] as const];
    });
    return found.length === names.length && Object.fromEntries(found);
  });
}

/** The warnings about a container, without what follows the label. */
async function warnedLabels(rig: Rig, name: string): Promise<readonly string[]> {
  const { notes = [] } = (await rig.daemon.status()).registration ?? {};
  const own = notes.filter(({ kind, container }) => kind === 'warning' && container === `${rig.run}-${name}`);
  return own.map(({ text }) => text.split('=', 1)[0] ?? '');
}

describe.concurrent('labels', () => {
  it('F44: hostile texts in labels end in registered services and a living daemon', async (context) => {
    const { expect } = context;
    const rig = await openRig(context, { run: 'f44' });
    const more = ['web\u2028evil', '\ufeffweb', '{{ .Evil }}', '</script><script>', '../../etc/passwd'];
    const labels = [...hostileTexts.map(({ text }) => text), ...more].map((text, i) => {
      const hostile = { SERVICE_NAME: text, SERVICE_TAGS: text, SERVICE_NOTE: text, [`SERVICE_${text}`]: 'x' };
      return [`hostile${i}`, hostile] as const;
    });
    const services = await registered(rig, Object.fromEntries(labels));
    const ports = (await rig.containers()).map(({ Name, NetworkSettings }) => [
      Name.replace('/f44-', ''),
      Number(NetworkSettings.Ports['8080/tcp']?.[0]?.HostPort),
    ]);
    expect(Object.fromEntries(Object.entries(services).map(([name, { port }]) => [name, port]))).toEqual(
      Object.fromEntries(ports),
    );
    // Nothing beside them but Portolan itself.
    expect(Object.keys((await rig.actual()).services)).toHaveLength(ports.length + 1);
    expect(rig.daemon.isRunning()).toBe(true);
  });

  it('F45: five thousand labels and one of a megabyte cost themselves, not the service', async (context) => {
    const { expect } = context;
    const rig = await openRig(context, { run: 'f45' });
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`SERVICE_KEY_${i}`, `${i}`]));
    const services = await registered(rig, {
      many: { SERVICE_NAME: 'many', ...many },
      big: { SERVICE_NAME: 'big', SERVICE_BIG: 'x'.repeat(1_024 * 1_024) },
    });
    // Consul takes 64 pairs, of which two are Portolan's own, and of those the fingerprint is not shown here.
    expect(Object.keys(services['many']?.meta ?? {})).toHaveLength(63);
    // Of 256 settings that are read one is the name; what is beyond them is told by one warning.
    expect(await warnedLabels(rig, 'many')).toHaveLength(256 - 1 - 62 + 1);
    expect(services['big']?.meta).toEqual({ 'portolan-owner': rig.daemon.owner });
    expect(await warnedLabels(rig, 'big')).toEqual(['SERVICE_BIG']);
    expect(rig.daemon.isRunning()).toBe(true);
  });

  it('F46: bad texts for times, ports and statuses cost themselves, not the service', async (context) => {
    const { expect } = context;
    const rig = await openRig(context, { run: 'f46' });
    const labels = {
      SERVICE_NAME: 'bad',
      SERVICE_CHECK_HTTP: '/health',
      SERVICE_CHECK_INTERVAL: 'soon',
      SERVICE_CHECK_TIMEOUT: '-1s',
      SERVICE_CHECK_INITIAL_STATUS: 'fine',
      SERVICE_70000_NAME: 'nowhere',
    };
    const services = await registered(rig, { bad: labels });
    expect(services['bad']?.name).toBe('bad');
    const warned = ['SERVICE_CHECK_INITIAL_STATUS', 'SERVICE_CHECK_INTERVAL', 'SERVICE_CHECK_TIMEOUT'];
    expect(new Set(await warnedLabels(rig, 'bad'))).toEqual(new Set(warned));
    expect(Object.keys((await rig.actual()).checks)).toContain(`service:${rig.serviceId('bad')}`);
    expect(rig.daemon.isRunning()).toBe(true);
  });
});
