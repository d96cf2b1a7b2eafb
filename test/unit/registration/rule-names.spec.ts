import { describe, expect, it } from 'vitest';
import type { ContainerPort, ContainerSnapshot } from '../../../src/domain/container.ts';
import type { ServiceDefinition } from '../../../src/domain/service.ts';
import { type DefinitionOptions, serviceDefinitions } from '../../../src/registration/service-definitions.ts';
import { aContainer, dnsTcp, dnsUdp, http } from '../../support/containers.ts';
import { definitionOptions } from '../../support/registration-options.ts';
import { aService } from '../../support/services.ts';

const https: ContainerPort = { port: 443, protocol: 'tcp', bindings: [{ hostIp: '0.0.0.0', hostPort: 32_443 }] };
const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

/** Services and warnings of a container, whole. */
function derive(over: Partial<ContainerSnapshot>, options: Partial<DefinitionOptions> = {}) {
  const outcomes = serviceDefinitions(aContainer(over), { ...definitionOptions, ...options });
  return {
    services: outcomes.map((outcome) => (outcome.kind === 'defined' ? outcome.service : outcome.reason)),
    warnings: outcomes.flatMap(({ warnings }) => warnings),
  };
}

/** The service of a port, as it is but for what is said. */
function serviceOf({ port, protocol, bindings }: ContainerPort, over: Partial<ServiceDefinition>): ServiceDefinition {
  const { origin } = aService();
  const id = `node-a:web.1:${port}${protocol === 'tcp' ? '' : `:${protocol}`}`;
  const tags = protocol === 'tcp' ? [] : [protocol];
  const reached = bindings[0]?.hostPort ?? port;
  return aService({ id, port: reached, tags, origin: { ...origin, port, protocol }, ...over });
}

describe('rule R-name', () => {
  it.each([
    { image: 'web', name: 'web' },
    { image: 'team/app:1.2', name: 'app' },
    { image: `team/app@${DIGEST}`, name: 'app' },
    { image: `registry.example:5000/team/app:1.2@${DIGEST}`, name: 'app' },
    { image: DIGEST, name: 'shop' },
    { image: DIGEST.slice(7, 19), name: 'shop' },
  ])('strips registry, path, tag and digest of $image: $name', ({ image, name }) => {
    const labels = { 'com.docker.compose.service': 'shop' };
    expect(derive({ image, labels })).toEqual({ services: [aService({ name })], warnings: [] });
  });

  it('falls back to the name of the container for an image ID outside Compose', () => {
    expect(derive({ image: DIGEST })).toEqual({ services: [aService({ name: 'web.1' })], warnings: [] });
  });
});

describe('rule R-text', () => {
  it.each(['', ' ', '\t\n', '\u00a0', '\ufeff'])('counts a name of blanks as unset: %j', (blank) => {
    expect(derive({ labels: { SERVICE_NAME: blank } })).toEqual({ services: [aService()], warnings: [] });
  });

  it.each([
    'ID',
    'TAGS',
    'IGNORE',
    'ADDRESS',
    'PORT',
    'NAMESPACE',
    'WEIGHTS_PASSING',
    'ENABLE_TAG_OVERRIDE',
    'NETWORK',
  ])('counts a SERVICE_%s of blanks as unset', (key) => {
    expect(derive({ labels: { [`SERVICE_${key}`]: '  ' } })).toEqual({ services: [aService()], warnings: [] });
  });

  it.each([
    { what: 'a newline', text: 'web\nbackend evil' },
    { what: 'a zero byte', text: 'web\0' },
    { what: 'a line separator', text: 'web\u2028' },
    { what: 'a byte order mark inside', text: 'w\ufeffeb' },
    { what: 'quotes, braces and semicolons', text: 'web"};`' },
    { what: "HAProxy's expressions", text: 'web%[env(PATH)]#' },
    { what: 'other scripts', text: 'wéb-服务' },
    { what: 'blanks around it', text: ' web ' },
  ])('passes on a name and a tag with $what, as registrator did', ({ text }) => {
    expect(derive({ labels: { SERVICE_NAME: text, SERVICE_TAGS: text } })).toEqual({
      services: [aService({ name: text, tags: [text] })],
      warnings: [],
    });
  });
});

describe('rule R-determinism', () => {
  it('lets the upper-case spelling win, and names both', () => {
    const warnings = [
      {
        label: 'SERVICE_name',
        value: 'lower',
        problem: 'differs from SERVICE_NAME only in case; SERVICE_NAME is used',
      },
    ];
    const services = [aService({ name: 'upper' })];
    expect(derive({ labels: { SERVICE_NAME: 'upper', SERVICE_name: 'lower' } })).toEqual({ services, warnings });
    expect(derive({ labels: { SERVICE_name: 'lower', SERVICE_NAME: 'upper' } })).toEqual({ services, warnings });
  });

  it('gives one SERVICE_ID to the lowest port, and the default to the others', () => {
    expect(derive({ ports: [http, https], labels: { SERVICE_ID: 'same', SERVICE_NAME: 'web' } })).toEqual({
      services: [serviceOf(http, { id: 'same', name: 'web-80' }), serviceOf(https, { name: 'web-443' })],
      warnings: [
        {
          label: 'SERVICE_ID',
          value: 'same',
          problem: 'is the ID of a lower port already; node-a:web.1:443 is used instead',
        },
      ],
    });
  });

  it('shows no secret where two are told apart by case', () => {
    expect(derive({ labels: { SERVICE_token: 'lower', SERVICE_TOKEN: 'upper' } }).warnings).toEqual([
      {
        label: 'SERVICE_token',
        value: '(secret)',
        problem: 'differs from SERVICE_TOKEN only in case; SERVICE_TOKEN is used',
      },
    ]);
  });
});

describe('rule R-sctp', () => {
  it('marks ID and tags like those of UDP, so that it never collides with TCP', () => {
    const dnsSctp: ContainerPort = { ...dnsTcp, protocol: 'sctp' };
    expect(derive({ ports: [dnsSctp, dnsTcp, dnsUdp] })).toEqual({
      services: [
        serviceOf(dnsSctp, { id: 'node-a:web.1:53:sctp', name: 'web-53', tags: ['sctp'] }),
        serviceOf(dnsTcp, { id: 'node-a:web.1:53', name: 'web-53', tags: [] }),
        serviceOf(dnsUdp, { id: 'node-a:web.1:53:udp', name: 'web-53', tags: ['udp'] }),
      ],
      warnings: [],
    });
  });
});

describe('rule R-portproto', () => {
  it('addresses one protocol of a port, before the port', () => {
    const labels = {
      SERVICE_NAME: 'general',
      SERVICE_53_NAME: 'dns',
      SERVICE_53_UDP_NAME: 'dns-udp',
      SERVICE_53_TCP_TAGS: 'tcp-only',
    };
    expect(derive({ ports: [dnsTcp, dnsUdp, http], labels })).toEqual({
      services: [
        serviceOf(dnsTcp, { name: 'dns', tags: ['tcp-only'] }),
        serviceOf(dnsUdp, { name: 'dns-udp' }),
        serviceOf(http, { name: 'general-80' }),
      ],
      warnings: [],
    });
  });

  it('beats the key for the port from a variable too, and is hidden by an empty one', () => {
    const over = { ports: [dnsUdp], labels: { SERVICE_53_NAME: 'dns' } };
    expect(derive({ ...over, env: { SERVICE_53_UDP_NAME: 'dns-udp' } }).services).toEqual([
      serviceOf(dnsUdp, { name: 'dns-udp' }),
    ]);
    expect(derive({ ...over, env: { SERVICE_53_UDP_NAME: '' } }).services).toEqual([serviceOf(dnsUdp, {})]);
  });
});

describe('rule R-boolean', () => {
  it.each(['false', '0', 'no', 'off', 'False', 'NO', ' off '])('means off by SERVICE_IGNORE="%s"', (value) => {
    expect(derive({ labels: { SERVICE_IGNORE: value } })).toEqual({ services: [aService()], warnings: [] });
  });

  it.each(['true', '1', 'yes', 'on', 'anything', 'n', 'f'])('means on by SERVICE_IGNORE="%s"', (value) => {
    expect(derive({ labels: { SERVICE_IGNORE: value } })).toEqual({
      services: ['is ignored by SERVICE_IGNORE'],
      warnings: [],
    });
  });

  it.each([
    { value: 'off', isOn: false },
    { value: 'yes', isOn: true },
  ])('makes the tag override $isOn by "$value"', ({ value, isOn }) => {
    expect(derive({ labels: { SERVICE_ENABLE_TAG_OVERRIDE: value } })).toEqual({
      services: [aService({ enableTagOverride: isOn })],
      warnings: [],
    });
  });
});
