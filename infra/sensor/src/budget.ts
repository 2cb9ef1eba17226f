/** So many each second, and up to so many at once; the rest is refused and counted. */
export function openBudget(perSecond: number, atOnce: number) {
  let left = atOnce
  let sinceMs: number | null = null
  let refused = 0
  return {
    take(atMs: number): boolean {
      const passed = Math.max(0, atMs - (sinceMs ?? atMs))
      sinceMs = Math.max(sinceMs ?? atMs, atMs)
      left = Math.min(atOnce, left + (passed * perSecond) / 1_000)
      if (left < 1) {
        refused += 1
        return false
      }
      left -= 1
      return true
    },
    /** How many were refused since it was last asked. */
    refused(): number {
      const n = refused
      refused = 0
      return n
    },
  }
}
