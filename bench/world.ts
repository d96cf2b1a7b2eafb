import { registrationBody } from '../src/adapters/consul/registration-body.ts';
import { parseInspect } from '../src/adapters/docker/inspect-schema.ts';
import { desiredRegistrations } from '../src/registration/desired.ts';
import { type Agent, startConsul } from './consul.ts';
import { anInspectAnswer, REGISTRATION } from './data.ts';
import { type FakeDocker, startFakeDocker } from './fake-docker.ts';
import { withFolder } from './folder.ts';

/** A made-up Docker and a real Consul, in a folder of their own. */
export interface World {
  readonly folder: string;
  readonly docker: FakeDocker;
  readonly consul: Agent;
}

/** Ends it all afterwards. */
export async function withWorld(work: (world: World) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    const [docker, consul] = await Promise.all([startFakeDocker(folder), startConsul(folder)]);
    await work({ folder, docker, consul });
    consul.http.close();
  });
}

/** What Portolan registers for the first `count` containers: one body each, as it is sent. */
export function bodiesOf(count: number): readonly string[] {
  const containers = Array.from({ length: count }, (_, i) => parseInspect(anInspectAnswer(i)).snapshot);
  const { registrations } = desiredRegistrations(containers, REGISTRATION);
  return [...registrations.values()].map((registration) => JSON.stringify(registrationBody(registration)));
}

/** The path on which Portolan puts them. */
export const REGISTER_PATH = '/v1/agent/service/register?replace-existing-checks=true';
