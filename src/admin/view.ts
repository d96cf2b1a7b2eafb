/** What the admin server shows. Made by the composition root, so that the server knows neither half. */
export interface AdminView {
  /** Whether the process does its work at all. */
  isAlive(): boolean;
  /** The parts that must work before this Portolan is ready, and why one is not. */
  parts(): readonly ReadinessPart[];
  /** Plain data for `GET /api/v1/status`. */
  status(): unknown;
  /** Plain data for `GET /api/v1/services`. */
  services(): unknown;
  /** Plain data for `GET /api/v1/explain`: what becomes of one container. */
  explain(container: string): ExplainAnswer;
  /**
   * For `POST /api/v1/release`: lets go what is kept of these services, of all where none is named. Plain data about what
   * it was; `undefined` when there is no routing here.
   */
  release(services: readonly string[]): unknown;
}

export type ExplainAnswer =
  | { readonly kind: 'found'; readonly explanation: unknown }
  /** `nearest`: names of containers that may have been meant. */
  | { readonly kind: 'unknown'; readonly reason: string; readonly nearest: readonly string[] }
  | { readonly kind: 'not-ready'; readonly reason: string };

export interface ReadinessPart {
  readonly name: string;
  readonly isReady: boolean;
  /** Missing when there is nothing to say. */
  readonly reason?: string;
}
