import { randomBytes } from 'node:crypto'

const LIFETIME_MS = 5 * 60_000
const MOST = 20_000

/** Challenges for ID-cards: random, bound to one login, good for one try within five minutes. */
export interface Nonces {
  issue(purpose: string): string
  /** True once for each nonce issued for this purpose. */
  take(nonce: string, purpose: string): boolean
}

export function createNonces(): Nonces {
  const open = new Map<string, { purpose: string; until: number }>()
  return {
    issue(purpose) {
      const now = Date.now()
      // The oldest come first: what is over, and what a flood leaves behind, goes.
      for (const [nonce, { until }] of open) {
        if (until > now && open.size < MOST) break
        open.delete(nonce)
      }
      const nonce = randomBytes(33).toString('base64')
      open.set(nonce, { purpose, until: now + LIFETIME_MS })
      return nonce
    },
    take(nonce, purpose) {
      const found = open.get(nonce)
      open.delete(nonce)
      return found?.purpose === purpose && found.until > Date.now()
    },
  }
}
