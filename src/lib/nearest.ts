const MAX_SUGGESTIONS = 3;

/** Of many words those that somebody may have meant by `word`: those that contain it, then those that differ little. */
export function nearestWords(word: string, candidates: Iterable<string>): readonly string[] {
  const wanted = word.toLowerCase();
  const allowed = Math.max(1, Math.floor(word.length / 3));
  const rated: { readonly candidate: string; readonly distance: number }[] = [];
  for (const candidate of candidates) {
    const other = candidate.toLowerCase();
    const distance = wanted !== '' && other.includes(wanted) ? 0 : editDistance(wanted, other, allowed);
    if (distance <= allowed) rated.push({ candidate, distance });
  }
  const byDistance = rated.toSorted((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1));
  return byDistance.slice(0, MAX_SUGGESTIONS).map(({ candidate }) => candidate);
}

/** Letters to insert, remove, replace or swap with their neighbor; more than `limit` is not counted to its end. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwapped ? (before[j - 2] ?? limit) + 1 : limit + 1;
      next.push(Math.min(replaced, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    if (Math.min(...next) > limit) return limit + 1;
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
