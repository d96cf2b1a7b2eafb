import type { ContainerSnapshot } from '../domain/container.ts';
import { containerSettings, type Setting, type Warning, warningOf } from './settings.ts';

/**
 * Settings that nobody reads, mostly by a slip of the pen: for a port that the container does not have, or of a prefix
 * in another case. Registrator read them no more, so they are no trouble of the service and told only to who asks.
 */
export function unreadSettings(container: ContainerSnapshot): readonly Warning[] {
  const { ports, labels } = container;
  const has = (setting: Setting) =>
    ports.some(
      ({ port, protocol }) =>
        String(port) === setting.port && (setting.protocol === undefined || setting.protocol === protocol),
    );
  const ofOtherPorts = [...containerSettings(container).byPort.values()]
    .flat()
    .filter((setting) => !has(setting))
    .map((setting) => warningOf(setting, `is not read: ${whyNot(setting, container)}`));
  const inOtherCase = Object.entries(labels)
    .filter(([label]) => /^service_/i.test(label) && !label.startsWith('SERVICE_'))
    .map(([label, value]) => {
      const key = label.slice('SERVICE_'.length).toLowerCase();
      const setting: Setting = { key, label, value, source: 'label', port: undefined, protocol: undefined };
      return warningOf(setting, 'is not read: settings begin with SERVICE_ in upper case');
    });
  return [...ofOtherPorts, ...inOtherCase];
}

function whyNot({ port, protocol }: Setting, { ports }: ContainerSnapshot): string {
  const named = protocol === undefined ? `port ${port}` : `port ${port}/${protocol}`;
  const meant = ports.find(({ bindings }) => bindings.some(({ hostPort }) => String(hostPort) === port));
  const hint = meant === undefined ? '' : `; ${port} is where ${meant.port}/${meant.protocol} is published`;
  return `the container has no ${named}${hint}`;
}
