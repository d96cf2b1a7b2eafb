import type { CatalogSnapshot } from '../domain/catalog.ts';
import type { RenderedConfig } from '../haproxy/config.ts';
import type { RuntimeCommand } from '../haproxy/runtime-plan.ts';
import type { ObservedServer } from '../haproxy/runtime-protocol.ts';

/** The HAProxy of this host, as far as routing needs it. */
export interface Proxy {
  /** What runs now. Throws only when it runs and cannot be asked: `HAPROXY_UNREACHABLE`. */
  observe(signal: AbortSignal): Promise<ProxyState>;
  /**
   * Sends commands in order, each on its own: a refused one does not keep the others back.
   * Throws `HAPROXY_UNREACHABLE` when the socket fails; the commands before it have been done.
   */
  execute(commands: readonly RuntimeCommand[], signal: AbortSignal): Promise<readonly CommandResult[]>;
  /** Replaces the files that a start or reload reads, if they differ. Throws `FILE_UNWRITABLE`. */
  save(config: SavedConfig): Promise<void>;
  /**
   * Checks the configuration, replaces the files and makes the running HAProxy take it; resolves when it serves by it.
   * Throws `HAPROXY_CONFIG_REFUSED` (then the old files and workers stay) or `HAPROXY_FAILED`.
   */
  reload(config: SavedConfig, signal: AbortSignal): Promise<void>;
  /** Like `reload`, for a HAProxy that does not run. Also throws `HAPROXY_MISSING` and what `probe` throws. */
  start(config: SavedConfig, signal: AbortSignal): Promise<void>;
  /** Starts with the files of the last time. `false` when there are none. Throws like `start`. */
  startFromLast(signal: AbortSignal): Promise<boolean>;
  /** Throws `ADDRESS_IN_USE` or `BIND_REFUSED` when this process cannot listen on one of the addresses. */
  probe(binds: readonly string[], signal: AbortSignal): Promise<void>;
  /** Calls `onEnd` when a HAProxy that was observed to be up has ended, until aborted; never rejects. */
  watch(onEnd: () => void, signal: AbortSignal): Promise<void>;
  /** Lets it finish its requests and end; after `graceMs` it is killed. */
  stop(graceMs: number): Promise<void>;
}

export type ProxyState =
  | { readonly kind: 'down' }
  /** Nobody runs HAProxy here: the files are all that is wanted. */
  | { readonly kind: 'off' }
  | {
      readonly kind: 'up';
      readonly version: string;
      /** Fingerprint of the configuration that it has loaded, without server lines. Empty for one that is not ours. */
      readonly shapeHash: string;
      readonly backends: ReadonlySet<string>;
      readonly servers: readonly ObservedServer[];
    };

export interface SavedConfig extends RenderedConfig {
  readonly shapeHash: string;
}

export interface CommandResult {
  readonly command: RuntimeCommand;
  readonly reply: string;
  readonly isDone: boolean;
}

/** Where the frontends listen, found out anew at each resync since addresses come and go. */
export interface BindSource {
  /** `ADDRESS:PORT`, IPv6 in brackets, sorted. */
  binds(): readonly string[];
}

/** Where the last good catalog survives a restart. */
export interface CatalogStore {
  /**
   * The catalog that was saved last, doubtful and as old as it is (`staleMs`); `undefined` when there is none.
   * Throws `STATE_INVALID` for a file that is torn or not ours, `FILE_UNREADABLE`.
   */
  load(): Promise<CatalogSnapshot | undefined>;
  /** Throws `FILE_UNWRITABLE`. */
  save(catalog: CatalogSnapshot): Promise<void>;
}

/** Files, as far as routing needs them. */
export interface FileStore {
  /** The text of a file; `undefined` when there is none. Throws `FILE_UNREADABLE`. */
  read(path: string): Promise<string | undefined>;
  /**
   * Replaces a file, and makes its folder if need be. Whoever reads it, also after a crash, sees the old text or the
   * new one, whole. The file is for its owner alone. Throws `FILE_UNWRITABLE`.
   */
  write(path: string, text: string): Promise<void>;
  /** Removes a file or folder with all that is in it; none is no error. Throws `FILE_UNWRITABLE`. */
  remove(path: string): Promise<void>;
}
