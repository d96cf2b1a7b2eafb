import type { Clock } from '../../../../src/lib/clock.ts';
import type { FaultProxy } from '../../../support/fault-proxy.ts';
import type { Random } from '../../../support/random.ts';
import type { CalamityServer, ServerKind } from './servers.ts';
import type { CalamityWorld } from './world.ts';

/** Where a story is played. */
export interface Stage {
  readonly server: CalamityServer;
  /** Between Portolan and Consul. */
  readonly proxy: FaultProxy;
  readonly world: CalamityWorld;
  /** Portolan's. All times of a story are told by it. */
  readonly clock: Clock;
  readonly random: Random;
  /** What Portolan sends. */
  readonly token: { current: string | undefined };
  say(text: string): void;
  /** Nothing that Portolan asks is taken for a consistent read. */
  readonly isNeverConsistent: boolean;
}

/** Something bad that happens to Consul, or to what Portolan sees of it. */
export interface Calamity {
  readonly text: string;
  readonly server: ServerKind;
  /** Whether Portolan speaks TLS, and so HTTP/2, with the server. Answers cannot be rewritten then. */
  readonly isTls?: boolean;
  /** How much faster than the machine's Portolan's clock runs. */
  readonly factor: number;
  /**
   * Whether blocking queries may be left behind that nobody answers before their time is over: with an index that Consul
   * does not reach, or on a connection on which nothing comes.
   */
  readonly hangs?: boolean;
  /** Does it, and `meanwhile` in its midst, and ends it. */
  strike(stage: Stage, meanwhile: () => Promise<void>): Promise<void>;
}
