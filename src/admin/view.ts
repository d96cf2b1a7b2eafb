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
}

export interface ReadinessPart {
  readonly name: string;
  readonly isReady: boolean;
  /** Missing when there is nothing to say. */
  readonly reason?: string;
}
