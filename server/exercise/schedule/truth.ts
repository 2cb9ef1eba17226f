/** Whether a condition is so, and since when at least it has been as it is. Exercise time, ms. */
export interface Truth {
  readonly so: boolean
  readonly sinceMs: number
}
