import { expect, it } from 'vitest';
import { offerText } from '../../../src/rendering/quiescence.ts';

const wait = { quietMs: 100, maxWaitMs: 250 };

it.each([
  { rule: 'the first waits for calm', pending: undefined, nowMs: 1_000, sinceMs: 1_000, dueMs: 1_100 },
  {
    rule: 'another begins anew',
    pending: { text: 'a', sinceMs: 1_000, dueMs: 1_100 },
    nowMs: 1_050,
    sinceMs: 1_000,
    dueMs: 1_150,
  },
  {
    rule: 'but not for ever',
    pending: { text: 'a', sinceMs: 1_000, dueMs: 1_240 },
    nowMs: 1_200,
    sinceMs: 1_000,
    dueMs: 1_250,
  },
  {
    rule: 'the same is no change',
    pending: { text: 'b', sinceMs: 1_000, dueMs: 1_100 },
    nowMs: 1_050,
    sinceMs: 1_000,
    dueMs: 1_100,
  },
])('$rule', ({ pending, nowMs, sinceMs, dueMs }) => {
  expect(offerText(pending, 'b', { wait, nowMs })).toEqual({ text: 'b', sinceMs, dueMs });
});
