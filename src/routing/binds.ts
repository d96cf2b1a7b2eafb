import type { HostNetwork, NetworkInterface } from '../domain/network.ts';
import { hostAndPort } from '../lib/addresses.ts';
import type { BindSpec } from '../lib/bind-spec.ts';

/**
 * Where to listen when nobody said: what programs and containers of this host can reach, and nobody else. In a network
 * of its own there is only the one address that Docker publishes.
 */
export function automaticBinds(kind: HostNetwork['kind'], port: number): readonly BindSpec[] {
  if (kind === 'own') return [{ kind: 'all', port }];
  return ['lo', 'docker0', 'br-*'].map((pattern) => ({ kind: 'interface', pattern, port }));
}

/** HAProxy's notation of the addresses that the specs mean now: each once, sorted. */
export function resolveBinds(specs: readonly BindSpec[], interfaces: readonly NetworkInterface[]): readonly string[] {
  const binds = specs.flatMap((spec) => {
    switch (spec.kind) {
      case 'all':
        return [`*:${spec.port}`];
      case 'address':
        return [hostAndPort(spec.address, spec.port)];
      case 'interface':
        return addressesOf(spec.pattern, interfaces).map((address) => hostAndPort(address, spec.port));
    }
  });
  return [...new Set(binds)].toSorted();
}

function addressesOf(pattern: string, interfaces: readonly NetworkInterface[]): readonly string[] {
  const expression = new RegExp(`^${pattern.replaceAll(/[.]/g, '\\.').replaceAll('*', '.*')}$`);
  return interfaces
    .filter(({ name, address }) => expression.test(name) && !isLinkLocal(address))
    .map(({ address }) => address);
}

/** `fe80::…` is ambiguous without its interface. */
function isLinkLocal(address: string): boolean {
  return /^fe[89ab][0-9a-f]:/i.test(address);
}
