import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Bench } from 'tinybench';
import type { CatalogSnapshot } from '../src/domain/catalog.ts';
import { systemClock } from '../src/lib/clock.ts';
import { createCatalogAnswers } from '../src/rendering/catalog-answers.ts';
import type { DataView, Reading } from '../src/rendering/contracts.ts';
import type { DataQuery } from '../src/rendering/queries.ts';
import { createRenderer, type Renderer } from '../src/rendering/renderer.ts';
import { aCatalog } from './data.ts';

/** The template of the old article, as people have it. */
export const TEMPLATE_OF_2015 = resolve(import.meta.dirname, '../examples/sidecar-2015/haproxy.ctmpl');

const FORMATTED = `{{range $i, $s := services}}{{if and (ne .Name "consul") (.Tags | contains "eu")}}backend {{.Name | toLower | printf "%s_be"}}
{{range $j, $e := service (printf "blue.%s|any" .Name)}}{{printf "  server %s_%d %s:%d check\\n" .Node $j .Address .Port}}{{end}}{{end}}{{end}}`;

/** What templates cost over a large catalog. The floor is the same text put together by hand. */
export function templateSuite(services: number, instances: number): readonly [title: string, bench: Bench] {
  const catalog = aCatalog(services, instances);
  const text = readFileSync(TEMPLATE_OF_2015, 'utf8');
  const [old, formatted] = [text, FORMATTED].map((one) => createRenderer(one)) as [Renderer, Renderer];
  const known = viewOf(catalog);
  const evaluate = (renderer: Renderer, view: DataView): string => {
    const outcome = renderer.evaluate(view, { environment: {}, clock: systemClock, warn: () => undefined });
    if (outcome.kind !== 'rendered') throw new Error(`the template is ${outcome.kind}`);
    return outcome.output;
  };
  if (evaluate(old, known) !== byHand(text, catalog)) throw new Error('the template and the floor differ');
  const bench = new Bench({ time: 1_000 })
    .add('floor: the text of 2015 put together by hand', () => byHand(text, catalog).isWellFormed())
    .add('parse the template of 2015', () => createRenderer(text))
    .add('evaluate it', () => evaluate(old, known))
    .add('evaluate it over a new snapshot', () => evaluate(old, viewOf(catalog)))
    .add('evaluate another: tags, printf, conditions', () => evaluate(formatted, known));
  return [`templates, ${services} services x ${instances}`, bench];
}

function viewOf(catalog: CatalogSnapshot): DataView {
  const answers = createCatalogAnswers(catalog);
  const read = (query: DataQuery): Reading => {
    const answer = query.kind === 'service' ? answers.service(query) : answers.services();
    return answer === undefined ? { kind: 'pending' } : { kind: 'known', answer };
  };
  return { read: (query) => read(query) as Reading<typeof query> };
}

function byHand(template: string, { services }: CatalogSnapshot): string {
  let out = template.slice(0, template.indexOf('{{'));
  for (const name of [...services.keys()].toSorted()) {
    out += `\nbackend ${name}\nbalance roundrobin\n`;
    for (const { node, address, port } of services.get(name) ?? [])
      out += `\nserver ${node} ${address}:${port} check\n`;
    out += '\n';
  }
  return `${out}\n`;
}
