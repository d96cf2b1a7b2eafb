import { BUNDLE, buildBundle, NODE } from './registrars.ts';

/** A program that renders templates. */
export interface Renderer {
  readonly name: string;
  command(job: RenderJob): readonly string[];
}

export interface RenderJob {
  readonly template: string;
  readonly output: string;
  /** Of the agent. */
  readonly port: number;
}

/** Portolan, and consul-template where there is one. Neither waits for more changes. */
export function renderers(): readonly Renderer[] {
  buildBundle();
  const flags = ({ template, output, port }: RenderJob): readonly string[] => [
    ...['-template', `${template}:${output}`],
    ...['-consul-addr', `127.0.0.1:${port}`],
    '-wait=0',
  ];
  const portolan = { name: 'portolan', command: (job: RenderJob) => [...NODE, BUNDLE, 'render', ...flags(job)] };
  const binary = process.env['CONSUL_TEMPLATE_BIN'];
  if (!binary) return [portolan];
  return [portolan, { name: 'consul-template', command: (job) => [binary, ...flags(job)] }];
}
