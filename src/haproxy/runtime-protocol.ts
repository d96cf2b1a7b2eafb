/** What HAProxy's worker says of itself in `show info`. */
export interface WorkerInfo {
  readonly version: string;
  readonly pid: number;
  /** The `description` of the configuration that it has loaded. */
  readonly description: string;
}

/** A server as a running HAProxy has it. */
export interface ObservedServer {
  readonly backend: string;
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly weight: number;
  /** `ready` gets traffic (if its check agrees), `drain` finishes its requests, `maint` is out. */
  readonly state: 'ready' | 'drain' | 'maint';
  readonly isUp: boolean;
  readonly isChecked: boolean;
}

/** Reads `show info`. Source: HAProxy management guide, 9.3. */
export function parseInfo(text: string): WorkerInfo {
  const fields = new Map(
    text.split('\n').flatMap((line): [string, string][] => {
      const colon = line.indexOf(': ');
      return colon < 0 ? [] : [[line.slice(0, colon).toLowerCase(), line.slice(colon + 2)]];
    }),
  );
  return {
    version: fields.get('version') ?? '',
    pid: Number(fields.get('pid') ?? 0),
    description: fields.get('description') ?? '',
  };
}

/** Reads `show backend`: names, one a line. */
export function parseBackends(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

/** Bits of `srv_admin_state` and `srv_check_state`. Source: HAProxy, `include/haproxy/server-t.h` and `check-t.h`. */
const FORCED_MAINTENANCE = 0x01;
const FORCED_DRAIN = 0x08;
const CHECK_ENABLED = 0x04;
const RUNNING = 2;

/** Reads `show servers state`. Lines that are not of its version 1 are left out. */
export function parseServersState(text: string): readonly ObservedServer[] {
  const lines = text.split('\n');
  const header =
    lines
      .find((line) => line.startsWith('# '))
      ?.slice(2)
      .split(' ') ?? [];
  const column = (fields: readonly string[], name: string): string => fields[header.indexOf(name)] ?? '';
  return lines
    .filter((line) => /^\d+ \S/.test(line))
    .map((line) => line.split(' '))
    .map((fields) => {
      const admin = Number(column(fields, 'srv_admin_state'));
      const isMaintenance = (admin & FORCED_MAINTENANCE) !== 0;
      return {
        backend: column(fields, 'be_name'),
        name: column(fields, 'srv_name'),
        address: column(fields, 'srv_addr'),
        port: Number(column(fields, 'srv_port')),
        weight: Number(column(fields, 'srv_uweight')),
        state: isMaintenance ? 'maint' : (admin & FORCED_DRAIN) !== 0 ? 'drain' : 'ready',
        isUp: Number(column(fields, 'srv_op_state')) === RUNNING,
        isChecked: (Number(column(fields, 'srv_check_state')) & CHECK_ENABLED) !== 0,
      };
    });
}
