import { CHECK_SETTING_SPECS } from './check-setting-specs.ts';
import type { SettingSpec } from './setting-spec.ts';

/**
 * Every setting that Portolan knows, by its key: in lower case, without `SERVICE_` and port. Only these can be read of a
 * container, and `docs/labels.md` is made from them.
 */
export const SETTING_SPECS = {
  name: {
    section: 'naming',
    help: 'name of the service',
    defaultText:
      "the image's name without registry, path, tag and digest; of an image ID the Compose service, else the container's name",
  },
  id: {
    section: 'naming',
    help: 'ID of the service',
    defaultText: '`<host>:<container>:<port>`, with `:udp` or `:sctp`',
    badValue: 'the default; also when another service has it',
  },
  tags: {
    section: 'naming',
    help: 'comma list; `\\,` is a comma',
    defaultText: 'none; then `--tags`, then `udp` or `sctp`',
    badValue: 'what is beyond 64 tags left out',
  },
  ignore: {
    section: 'naming',
    help: 'a switch: do not register',
    defaultText: 'off',
    badValue: 'any other text is on',
  },

  address: {
    section: 'place',
    help: 'where others connect: an IP',
    defaultText: 'as above',
    badValue: 'the usual address',
  },
  port: {
    section: 'place',
    help: 'where others connect: 1 to 65535',
    defaultText: 'as above',
    badValue: 'the usual port',
  },
  network: {
    section: 'place',
    help: 'of several networks the one whose address `--internal` takes',
    defaultText: 'as above',
    badValue: 'another network',
  },

  enable_tag_override: {
    section: 'consul',
    help: 'a switch: others may change the tags in the catalog, and they stay',
    defaultText: 'off',
    badValue: 'any other text is on',
  },
  weights_passing: {
    section: 'consul',
    help: "weight in Consul's load balancing while passing, 1 to 65535",
    fallback: 1,
    badValue: 'the default',
  },
  weights_warning: {
    section: 'consul',
    help: "weight in Consul's load balancing while warning, 0 to 65535",
    fallback: 1,
    badValue: 'the default',
  },
  namespace: {
    section: 'consul',
    help: 'namespace of Consul Enterprise: letters, digits, `_`, `-`, 64 at most; other Consuls refuse',
    defaultText: 'none',
    badValue: 'left out',
  },

  ...CHECK_SETTING_SPECS,

  route: {
    section: 'routing',
    help: '`off`, in lower case: registered, but not routed',
    defaultText: 'on',
    badValue: 'any other text is on',
    isMeta: true,
  },
  route_panic: {
    section: 'routing',
    help: '`off`: when every instance has failed its checks none is used, rather than all',
    fallback: 'on',
    badValue: 'the default, with a warning in `portolan services`',
    isMeta: true,
  },
} as const satisfies Readonly<Record<string, SettingSpec>>;

export type SettingKey = keyof typeof SETTING_SPECS;

/** Whether a key of a container (`name`, `version`) is a setting that Portolan knows. */
export function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(SETTING_SPECS, key);
}
