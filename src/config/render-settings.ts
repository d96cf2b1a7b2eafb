import type { LogFormat, LogLevel } from '../lib/log.ts';
import type { AdminAddress } from './options.ts';
import type { RegistryAddress } from './registry-address.ts';
import type { Quiescence } from './render-values.ts';

/** Which variables a command sees. */
export interface EnvironmentRule {
  /** None of ours. */
  readonly pristine: boolean;
  /** `NAME=value`, added at the end. */
  readonly custom: readonly string[];
  /** Globs of names; empty: all. */
  readonly allowlist: readonly string[];
  readonly denylist: readonly string[];
}

/** One element: a text for the shell; several: a program and its arguments. */
export interface CommandSettings {
  readonly command: readonly string[];
  readonly timeoutMs: number;
  readonly environment: EnvironmentRule;
}

export interface TemplateSettings {
  readonly source: { readonly kind: 'file'; readonly path: string } | { readonly kind: 'text'; readonly text: string };
  readonly destination: string;
  readonly createFolders: boolean;
  readonly permissions: number | undefined;
  /** Names or numbers. */
  readonly user: string | undefined;
  readonly group: string | undefined;
  readonly backup: boolean;
  readonly check: CommandSettings | undefined;
  readonly command: CommandSettings | undefined;
  /** Whether the command runs at the first rendering although the file was right already. */
  readonly runsCommandOnStart: boolean;
  readonly missingKey: 'zero' | 'error';
  /** Whether an error of this template ends the daemon. */
  readonly endsOnError: boolean;
  readonly delimiters: { readonly left?: string; readonly right?: string };
  readonly functionDenylist: readonly string[];
  readonly sandboxPath: string | undefined;
  readonly wait: Quiescence;
}

/** The program that lives as long as we do. */
export interface ExecSettings {
  readonly command: readonly string[];
  readonly environment: EnvironmentRule;
  /** `undefined`: a change ends it and starts a new one. */
  readonly reloadSignal: NodeJS.Signals | undefined;
  readonly killSignal: NodeJS.Signals | undefined;
  readonly killTimeoutMs: number;
  readonly splayMs: number;
}

/** How to reach Consul. */
export interface ConsulAccess {
  readonly address: Exclude<RegistryAddress, { readonly kind: 'memory' }>;
  /** For messages. */
  readonly name: string;
  /** As `consulSettings` takes it: what the configuration says stands in place of what the environment says. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What commands are told. */
  readonly forCommands: Readonly<Record<string, string>>;
  readonly retry: {
    /** After so many failures in a row it is over; `undefined`: never. */
    readonly attempts: number | undefined;
    readonly minMs: number;
    readonly maxMs: number;
  };
}

/** What `portolan render` is to do, complete. */
export interface RenderSettings {
  readonly consul: ConsulAccess;
  readonly templates: readonly TemplateSettings[];
  readonly exec: ExecSettings | undefined;
  /** A further signal that ends us, and the one that reads the configuration again. */
  readonly killSignal: NodeJS.Signals | undefined;
  readonly reloadSignal: NodeJS.Signals | undefined;
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat | 'auto';
  readonly pidFile: string | undefined;
  /** Where to show how the templates are. */
  readonly admin: AdminAddress | undefined;
}
