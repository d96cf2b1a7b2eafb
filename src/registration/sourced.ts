import type { MetadataValue } from './metadata.ts';

/** A value, and where it comes from: made by the code that decides, so that the two cannot disagree. */
export interface Sourced<T> {
  readonly value: T;
  /** For people: `label SERVICE_80_NAME`, `environment SERVICE_NAME`, `--tags`, `rule: the host address`, `default: 10s`. */
  readonly from: string;
}

/** Where the value of one field of a service definition comes from. */
export interface FieldSource {
  /** `name`, `tags`, `meta.version`, `check.interval`. A field that is put together has several entries. */
  readonly field: string;
  readonly value: string;
  /** As in `Sourced`. */
  readonly from: string;
}

/** How a setting is named as a source. */
export function sourceOf({ source, label }: Pick<MetadataValue, 'source' | 'label'>): string {
  return `${source} ${label}`;
}
