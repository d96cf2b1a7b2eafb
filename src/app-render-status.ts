import { serveAdmin } from './admin/server.ts';
import type { AdminView, ReadinessPart } from './admin/view.ts';
import type { AdminAddress } from './config/options.ts';
import type { Clock } from './lib/clock.ts';
import type { Log } from './lib/log.ts';
import type { StatusBoard, TemplateStatus } from './rendering/status-board.ts';

export interface StatusServerInput {
  readonly address: AdminAddress;
  readonly board: StatusBoard;
  readonly version: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** What `GET /api/v1/status` of `portolan render` gives. */
interface RenderReport {
  readonly version: string;
  readonly uptimeS: number;
  readonly templates: readonly TemplateStatus[];
}

/** Shows on `address` how the templates are, until aborted. */
export async function serveRenderStatus(input: StatusServerInput, signal: AbortSignal): Promise<void> {
  const { address, board, version, clock, log } = input;
  const startMs = clock.monotonicMs();
  const status = (): RenderReport => ({
    version,
    uptimeS: Math.round((clock.monotonicMs() - startMs) / 1_000),
    templates: board.templates(),
  });
  const view: AdminView = {
    isAlive: () => true,
    parts: () => board.templates().map(readinessOf),
    status,
    services: () => [],
    explain: () => ({ kind: 'not-ready', reason: 'portolan render registers nothing' }),
    release: () => undefined,
  };
  await serveAdmin({ view, clock, log, address, socketPath: undefined, token: () => undefined }, signal);
}

function readinessOf({ destination, state, waitsFor, reason }: TemplateStatus): ReadinessPart {
  const why = state === 'waiting' ? `waits ${waitFor(waitsFor)}` : reason;
  return { name: destination, isReady: state === 'rendered', ...(why !== undefined && { reason: why }) };
}

function waitFor(data: readonly string[] = []): string {
  return data.length === 0 ? 'to be written' : `for ${data.join(', ')}`;
}
