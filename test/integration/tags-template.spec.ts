import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDockerClient } from '../../src/adapters/docker/client.ts';
import type { ContainerSnapshot } from '../../src/domain/container.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { createTagsTemplate } from '../../src/registration/tags-template.ts';
import { startWeb, type Web } from '../support/docker.ts';

let web: Web;
let container: ContainerSnapshot;

beforeAll(async () => {
  web = await startWeb({ labels: { team: 'shop' }, environment: { STAGE: 'prod' } });
  const client = createDockerClient({ host: undefined, tls: undefined, clock: systemClock, keepsAnswers: true });
  const inspection = await client.inspect(web.id, new AbortController().signal);
  if (inspection.kind !== 'found') throw new Error(inspection.kind);
  container = inspection.container.snapshot;
});

afterAll(async () => {
  await web.remove();
});

describe('a template of tags, on the answer of a real Docker', () => {
  it.each<[text: string, list: () => Promise<string> | string]>([
    ['{{.Name}} {{strSlice .ID 0 12}} {{.Config.Hostname}}', () => `/${web.name} ${web.hostname} ${web.hostname}`],
    ['{{.Config.Image}} {{mIndex "team" .Config.Labels}}', () => 'busybox:latest shop'],
    ['{{matchFirstElement "^STAGE=" .Config.Env | splitIndex 1 "="}}', () => 'prod'],
    ['{{sIndex 0 .Config.Cmd}} {{.Path}} {{len .Args}}', () => 'sh sh 2'],
    ['{{.State.Status}} {{.State.Running}} {{.RestartCount}} {{gt .State.Pid 1}}', () => 'running true 0 true'],
    ['{{.HostConfig.NetworkMode}} {{.HostConfig.Privileged}}', () => container.networkMode.concat(' false')],
    [
      '{{range $port, $bindings := .NetworkSettings.Ports}}{{$port.Port}} {{(index $bindings 0).HostPort}}{{end}}',
      async () => `8080 ${await web.port()}`,
    ],
    ['{{range $name, $_ := .NetworkSettings.Networks}}{{$name}}{{end}}', () => container.networks[0]?.name ?? ''],
    ['{{gt .Created.Unix 1500000000}} {{.State.FinishedAt.IsZero}}', () => 'true true'],
  ])('%s', async (text, list) => {
    expect(createTagsTemplate(text, () => undefined).tagsOf(container)).toMatchObject({ list: await list() });
  });
});
