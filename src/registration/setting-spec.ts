/** One setting of a container: what it does, and what it is when nobody says. Texts are Markdown, for `docs/labels.md`. */
export interface SettingSpec {
  readonly section: 'naming' | 'place' | 'consul' | 'check' | 'container check' | 'routing';
  readonly help: string;
  /** What counts where nobody says. Who reads the setting takes it from here. */
  readonly fallback?: string | number;
  /** In words, where it is no single value. */
  readonly defaultText?: string;
  /** What a bad value costs; missing where there is no bad one. */
  readonly badValue?: string;
  /** Whether it is registered as Meta, like keys that mean nothing to the registration. */
  readonly isMeta?: true;
}
