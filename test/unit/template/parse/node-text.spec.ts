import { describe, expect, it } from 'vitest';
import { nodeText } from '../../../../src/template/parse/node-text.ts';
import { parseTrees } from '../../../../src/template/parse/parse.ts';
import { createRandom } from '../../../support/random.ts';
import { randomTemplate } from '../random-templates.ts';

const roundTrip = (text: string): string =>
  nodeText(
    parseTrees('t', text, { isFunction: (name) => !['break', 'continue'].includes(name) }).get('t')?.root ?? {
      kind: 'end',
      position: 0,
    },
  );

describe('nodeText', () => {
  it('is parsed to the same template again', () => {
    const random = createRandom(1);
    for (let i = 0; i < 500; i++) {
      const text = roundTrip(randomTemplate(random));
      expect(roundTrip(text)).toBe(text);
    }
  });
});
