// Where the things of a cluster are. All of them carry its name, so that all of them are found again.

/** One of the hosts: a network namespace with a Docker engine of its own. */
export interface Place {
  /** From 1 on. */
  readonly number: number;
  /** What the host calls itself, and Consul its node. */
  readonly hostname: string;
  /** Below /run/netns. */
  readonly namespace: string;
  /** By which the other hosts reach it. The network ends at the hosts, so it collides with nobody's. */
  readonly address: string;
  readonly folder: string;
  readonly socket: string;
}

export interface Places {
  /** The namespace with the bridge that joins the hosts, named after each of them. */
  readonly switchNamespace: string;
  readonly folder: string;
  readonly hosts: readonly Place[];
}

/** As many servers as a Consul needs that may lose one. */
const HOSTS = [1, 2, 3];

/** The places of the cluster of this name. Two of different names can run side by side. */
export function placesOf(cluster: string): Places {
  const folder = `/var/lib/${cluster}-cluster`;
  const hosts = HOSTS.map((number) => {
    const hostname = `host${number}`;
    const home = `${folder}/${hostname}`;
    const address = `10.77.0.${number}`;
    return {
      number,
      hostname,
      namespace: `${cluster}-${hostname}`,
      address,
      folder: home,
      socket: `${home}/docker.sock`,
    };
  });
  return { switchNamespace: `${cluster}-switch`, folder, hosts };
}

/** Arguments before a program that is to run on this host's network. Not `ip netns exec`, which hides the cgroups. */
export function onHost({ namespace }: Place): readonly ['nsenter', string] {
  return ['nsenter', `--net=/run/netns/${namespace}`];
}
