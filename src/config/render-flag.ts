/** A flag of `portolan render`: it says the same as a key of the configuration file. */
export interface RenderFlag {
  readonly help: string;
  /** What stands for the value in help texts; missing for switches. */
  readonly placeholder?: string;
  readonly defaultText?: string;
  /**
   * The key in the file, by blocks; `undefined` for what only the command line can say. Other texts than the key's own
   * are made into its value by `read`.
   */
  readonly path?: readonly string[];
  readonly read?: (text: string) => unknown;
  /** What it asks for Portolan does not have. */
  readonly isIgnored?: boolean;
  /** Part of no help: an old name, or ignored. */
  readonly isHidden?: boolean;
}

export type RenderFlags = Readonly<Record<string, RenderFlag>>;
