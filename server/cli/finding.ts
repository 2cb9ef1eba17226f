/** One thing that `kilp doctor` looked at. */
export interface Finding {
  readonly ok: boolean
  readonly what: string
  /** How to mend it; empty when all is well. */
  readonly mend: string
}

export const finding = (ok: boolean, what: string, mend: string): Finding => ({
  ok,
  what,
  mend: ok ? '' : mend,
})
