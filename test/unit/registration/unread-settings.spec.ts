import { describe, expect, it } from 'vitest';
import { unreadSettings } from '../../../src/registration/unread-settings.ts';
import { aContainer, dnsUdp, http } from '../../support/containers.ts';

type Values = Readonly<Record<string, string>>;

const unread = (labels: Values, env: Values = {}) =>
  unreadSettings(aContainer({ ports: [dnsUdp, http], labels, env })).map(
    ({ label, value, problem }) => `${label}=${value} ${problem}`,
  );

describe('unreadSettings', () => {
  it('are none of those that are read', () => {
    const labels = {
      SERVICE_NAME: 'web',
      SERVICE_80_NAME: 'web',
      SERVICE_53_UDP_NAME: 'dns',
      'traefik.enable': 'true',
      SERVICES: 'x',
      my_service_name: 'x',
    };
    expect(unread(labels, { SERVICE_80_TAGS: 'a' })).toEqual([]);
  });

  it.each<{ labels?: Values; env?: Values; found: string }>([
    {
      labels: { SERVICE_8080_NAME: 'web' },
      found: 'SERVICE_8080_NAME=web is not read: the container has no port 8080',
    },
    {
      env: { SERVICE_32080_NAME: 'web' },
      found: 'SERVICE_32080_NAME=web is not read: the container has no port 32080; 32080 is where 80/tcp is published',
    },
    {
      labels: { SERVICE_53_TCP_NAME: 'dns' },
      found: 'SERVICE_53_TCP_NAME=dns is not read: the container has no port 53/tcp',
    },
    {
      labels: { SERVICE_080_NAME: 'web' },
      found: 'SERVICE_080_NAME=web is not read: the container has no port 080',
    },
    {
      labels: { service_name: 'web' },
      found: 'service_name=web is not read: settings begin with SERVICE_ in upper case',
    },
    {
      labels: { Service_Token: 'secret' },
      found: 'Service_Token=(secret) is not read: settings begin with SERVICE_ in upper case',
    },
    {
      labels: { SERVICE_8080_TOKEN: 'secret' },
      found: 'SERVICE_8080_TOKEN=(secret) is not read: the container has no port 8080',
    },
  ])('$found', ({ labels = {}, env, found }) => {
    expect(unread(labels, env)).toEqual([found]);
  });
});
