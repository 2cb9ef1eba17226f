/** Now: exercise time, and wall time for what must not depend on a clock that may stand or run faster. Both in ms. */
export interface Moment {
  readonly atMs: number
  readonly wallMs: number
}
