import { registrationBody } from '../../../src/adapters/consul/registration-body.ts';
import { parseInspect } from '../../../src/adapters/docker/inspect-schema.ts';
import { normalizeGoFlags } from '../../../src/config/go-flags.ts';
import { type Configuration, loadConfiguration } from '../../../src/config/load.ts';
import { flagOf, OPTION_SPECS, type OptionName } from '../../../src/config/options.ts';
import { containerCheckId } from '../../../src/registration/container-check.ts';
import { desiredRegistrations } from '../../../src/registration/desired.ts';
import { createTagsTemplate, isTagsTemplate } from '../../../src/registration/tags-template.ts';
import type { RegisterCase } from './cases.ts';
import { filled } from './placeholders.ts';
import { comparable, type Registered } from './registered.ts';

/** What Portolan sends of a registration, as far as it is compared. */
interface SentBody {
  readonly ID: string;
  readonly Name: string;
  readonly Address: string;
  readonly Port: number;
  readonly Tags: readonly string[];
  readonly Meta: Readonly<Record<string, string>>;
  readonly Checks: readonly Readonly<Record<string, unknown>>[];
}

/**
 * What Portolan registers for the same container on the same host with the same command line, by ID. Of the containers
 * beside it only what bears one of the IDs in `alsoIds`.
 *
 * Throws for a command line that Portolan does not take.
 */
export function replayed(recording: RegisterCase, alsoIds: ReadonlySet<string>): ReadonlyMap<string, Registered> {
  const { otherContainers, registratorHost, vars } = recording;
  const { options, ttlMs, heartbeatMs, isTtlGiven } = configurationOf(recording);
  const answers = filled([withCommand(recording), ...otherContainers.map((other) => other.inspect)], vars);
  const containers = answers.map(
    (answer) => parseInspect(answer, { keepsAnswer: isTagsTemplate(options.tags) }).snapshot,
  );
  const { registrations } = desiredRegistrations(containers, {
    ...options,
    tags: isTagsTemplate(options.tags) ? createTagsTemplate(options.tags, () => undefined) : options.tags,
    ttlMs,
    heartbeatMs,
    isTtlGiven,
    hostname: options.hostname ?? filled(registratorHost?.hostname, vars) ?? vars['HOST'] ?? '',
    hostAddress: options.hostAddress ?? vars['HOST_IP'],
    owner: 'conformance',
  });
  const [own] = containers;
  return new Map(
    [...registrations.values()]
      .filter(({ service: { id, origin } }) => origin.containerId === own?.id || alsoIds.has(id))
      .map((registration) => [
        registration.service.id,
        fromSent(registrationBody(registration) as unknown as SentBody),
      ]),
  );
}

/** Docker's answer with the command, which templates of tags may read: the image has no entry point. */
function withCommand({ inspect, container: { cmd } }: RegisterCase): unknown {
  if (cmd === undefined) return inspect;
  const [Path, ...Args] = cmd;
  return { Path, Args, ...inspect, Config: { Cmd: cmd, ...inspect.Config } };
}

/** The command line, read as the command `portolan` reads it. */
function configurationOf({ registratorArgs, registratorEnv, vars }: RegisterCase): Configuration {
  const names = Object.keys(OPTION_SPECS) as OptionName[];
  const byFlag = new Map(names.map((name) => [flagOf(name), name]));
  const shapes = new Map(names.map((name) => [flagOf(name), OPTION_SPECS[name]]));
  const flags = new Map<OptionName, string>();
  const others: string[] = [];
  for (const arg of normalizeGoFlags(filled(registratorArgs, vars), shapes)) {
    const [, flag = '', value] = /^--([A-Za-z-]+)=(.*)$/s.exec(arg) ?? [];
    const name = byFlag.get(flag);
    if (name === undefined || value === undefined) others.push(arg);
    else flags.set(name, value);
  }
  const [registry, ...unknown] = others;
  if (unknown.length > 0 || registry?.startsWith('-')) throw new Error(`Portolan does not know ${others.join(' ')}`);
  const loaded = loadConfiguration({ registry, flags, environment: filled(registratorEnv, vars) });
  if (loaded.kind === 'configuration') return loaded.configuration;
  if (loaded.kind === 'no-registry') throw new Error('the command line names no registry');
  throw new Error(loaded.mistakes.map(({ where, value, rule }) => `${where} = ${value} ${rule}`).join('; '));
}

/** The container check is Portolan's own, and so are the pairs that begin with its name. */
function fromSent({ ID, Name, Address, Port, Tags, Meta, Checks }: SentBody): Registered {
  return {
    id: ID,
    name: Name,
    address: Address,
    port: Port,
    tags: Tags.toSorted(),
    meta: Object.fromEntries(Object.entries(Meta).filter(([key]) => !key.startsWith('portolan-'))),
    checks: Checks.filter(({ CheckID }) => CheckID !== containerCheckId(ID)).map(comparable),
  };
}
