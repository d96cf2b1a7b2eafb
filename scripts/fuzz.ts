// Tries the template engine on templates by chance: `npm run fuzz [COUNT [SEED]]`. The seed is printed, so that what was
// found can be found again.
import { fuzz } from '../test/unit/template/fuzz-check.ts';

const [count = 1_000_000, seed = Date.now() % 1_000_000_000] = process.argv.slice(2).map(Number);
const BATCH = 10_000;

console.log(`seed ${seed}, ${count} templates`);
const totals = { parsed: 0, evaluated: 0 };
for (let done = 0; done < count; done += BATCH) {
  const { parsed, evaluated } = fuzz(seed + done / BATCH, Math.min(BATCH, count - done));
  totals.parsed += parsed;
  totals.evaluated += evaluated;
}
console.log(`${totals.parsed} parsed, ${totals.evaluated} evaluated, none went wrong`);
