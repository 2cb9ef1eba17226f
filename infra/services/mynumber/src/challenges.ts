import { randomBytes } from 'node:crypto'

const LIFETIME_MS = 5 * 60_000
const MOST = 20_000

/** Random texts that a card signs or a form repeats: each for one purpose, good once and for five minutes. */
export interface Challenges {
  issue(purpose: string): string
  /** True once for each text issued for this purpose. */
  take(text: string, purpose: string): boolean
}

export function createChallenges(): Challenges {
  const open = new Map<string, { purpose: string; until: number }>()
  return {
    issue(purpose) {
      const now = Date.now()
      // The oldest come first: what is over, and what a flood leaves behind, goes.
      for (const [text, { until }] of open) {
        if (until > now && open.size < MOST) break
        open.delete(text)
      }
      const text = randomBytes(24).toString('base64url')
      open.set(text, { purpose, until: now + LIFETIME_MS })
      return text
    },
    take(text, purpose) {
      const found = open.get(text)
      if (found?.purpose !== purpose) return false
      open.delete(text)
      return found.until > Date.now()
    },
  }
}
