export const USAGE = `usage: npm run bench [-- NAME [flags]]
  register --scenario startup|burst|restart|resync|idle  --n N  --rounds N  --seconds N  --rate PER_S
  deaf     --n N
  floor    --n N
  render   --n N  --rounds N
  watch    --scenario catalog|router|render  --n N  --instances N  --nodes N  --rounds N  --seconds N
  all with --json: one line of JSON for each result`;

export const FLAGS = {
  scenario: { type: 'string' },
  n: { type: 'string' },
  instances: { type: 'string' },
  nodes: { type: 'string' },
  rounds: { type: 'string' },
  seconds: { type: 'string' },
  rate: { type: 'string' },
  json: { type: 'boolean' },
} as const;

export interface BenchFlags {
  readonly scenario?: string | undefined;
  /** Containers, or services. */
  readonly n?: string | undefined;
  /** Of each service. */
  readonly instances?: string | undefined;
  /** On which all instances are. */
  readonly nodes?: string | undefined;
  /** How often what is compared is measured, in turns. */
  readonly rounds?: string | undefined;
  /** Length of a window in which CPU is measured. */
  readonly seconds?: string | undefined;
  /** Starts in a second; 0 for all at once. */
  readonly rate?: string | undefined;
  readonly json?: boolean | undefined;
}

export function numberOf(text: string | undefined, fallback: number): number {
  const number = text === undefined ? fallback : Number(text);
  if (!Number.isFinite(number) || number < 0) throw new Error(`${text} is no number\n${USAGE}`);
  return number;
}
