import { describe, expect, it } from 'vitest';
import type { TemplateData } from '../../../src/rendering/contracts.ts';
import { queryText } from '../../../src/rendering/query-text.ts';
import { createRenderer } from '../../../src/rendering/renderer.ts';
import { createTemplateSet } from '../../../src/rendering/template-set.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

/** Keys with these values; others are not known yet. */
function createWorld(texts: readonly string[], keys: Readonly<Record<string, string>> = {}) {
  const wanted: string[][] = [];
  const warnings: string[] = [];
  const data: TemplateData = {
    want: (queries) => {
      wanted.push(queries.map(queryText));
    },
    read: (query) => {
      const answer = query.kind === 'key' ? keys[query.path] : undefined;
      return answer === undefined ? { kind: 'pending' } : { kind: 'known', answer: answer as never };
    },
    follow: async () => undefined,
  };
  const set = createTemplateSet({
    renderers: texts.map((text) => createRenderer(text)),
    data,
    surroundings: { environment: { A: 'b' }, clock: createFakeClock() },
    warn: (message, template) => {
      warnings.push(`${template} ${message}`);
    },
  });
  return { set, wanted, warnings };
}

describe('evaluate', () => {
  it('says of each template what came of it, and wants what all have read', () => {
    const texts = ['{{ env "A" }}{{ key "a" }}', '{{ key "b" }}{{ key "c" }}', '{{ index "x" 5 }}', '{{ key "a" }}'];
    const { set, wanted } = createWorld(texts, { a: '1' });
    expect(set.evaluate()).toEqual([
      { kind: 'rendered', text: 'b1' },
      { kind: 'waiting', waitsFor: ['kv.block(b)', 'kv.block(c)'] },
      {
        kind: 'failed',
        reason: 'template: :1:3: executing "" at <index "x" 5>: error calling index: index out of range: 5',
      },
      { kind: 'rendered', text: '1' },
    ]);
    expect(wanted).toEqual([['kv.block(a)', 'kv.block(b)', 'kv.block(c)', 'kv.block(a)']]);
  });

  it('passes each warning on once', () => {
    const { set, warnings } = createWorld(['{{ key_or_default "a" "d" }}'], { a: '1' });
    set.evaluate();
    set.evaluate();
    expect(warnings).toHaveLength(1);
  });
});
