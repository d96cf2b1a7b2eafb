import { describe, expect, it } from 'vitest';
import type { ServiceQuery } from '../../../../src/rendering/queries.ts';
import { known, rendering } from '../../../support/evaluations.ts';
import { anInstance } from '../../../support/instances.ts';

const instances = [
  anInstance({ id: 'a', tags: ['x', 'y'], port: 9, meta: { color: 'red', rank: '10' } }),
  anInstance({ id: 'b', tags: ['x'], port: 80, meta: { color: 'li.me', rank: '-2' } }),
  anInstance({ id: 'c', port: 9, meta: { rank: '1.5' } }),
];
const readings = {
  'health.service(web|passing)': known<ServiceQuery>(instances),
  'health.service(two|passing)': known<ServiceQuery>(instances.slice(0, 2)),
  'health.service(big|passing)': known<ServiceQuery>([anInstance({ meta: { rank: '9223372036854775808' } })]),
  'catalog.services': known<{ kind: 'services' }>([{ name: 'web', tags: ['x'] }]),
};
const ids = '{{$k}}:{{range $v}}{{.ID}}{{end}} {{end}}';

describe('services by', () => {
  it.each([
    [`{{range $k, $v := service "web" | byTag}}${ids}`, 'x:ab y:a '],
    ['{{range $k, $v := services | byTag}}{{$k}}:{{range $v}}{{.Name}}{{end}}{{end}}', 'x:web'],
    ['{{byTag nil | len}}{{byPort nil | len}}', '00'],
    ['{{byTag 5}}', '<byTag 5>: error calling byTag: byTag: wrong argument type int'],
    [
      '{{byPort services}}',
      '<byPort services>: error calling byPort: byPort: wrong argument type []*dependency.CatalogSnippet',
    ],
    [`{{range $k, $v := service "web" | byPort}}${ids}`, '9:ac 80:b '],
    ['{{printf "%T" (service "web" | byPort)}}', 'map[int][]interface {}'],
    [`{{range $k, $v := service "web" | byMeta "color"}}${ids}`, '_no_color_:c li_me:b red:a '],
    [`{{range $k, $v := service "two" | byMeta "color,rank|int"}}${ids}`, 'li_me_-0002:b red_00010:a '],
    [`{{range $k, $v := service "web" | byMeta "nope|int"}}${ids}`, '00000:abc '],
    [
      '{{service "web" | byMeta "rank|int"}}',
      '<byMeta "rank|int">: error calling byMeta: cannot parse 1.5 as number : strconv.Atoi: parsing "1.5": invalid syntax',
    ],
    [
      '{{service "big" | byMeta "rank|int"}}',
      '<byMeta "rank|int">: error calling byMeta: cannot parse 9223372036854775808 as number : strconv.Atoi: parsing "9223372036854775808": value out of range',
    ],
    ['{{printf "%T" (service "web" | byMeta "x")}}', 'map[string][]*dependency.HealthService'],
    [
      '{{byMeta "x" services}}',
      '<services>: wrong type for value; expected []*dependency.HealthService; got []*dependency.CatalogSnippet',
    ],
  ])('%s', (text, expected) => {
    expect(rendering(text, { readings }).result).toBe(expected);
  });
});
