import { randomBytes } from 'node:crypto'

const LIFETIME_MS = 5 * 60_000
/** Open challenges: what this small machine has room for. The oldest give way. */
const MOST = 200
const MOST_OF_ONE = 50

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
      // One page that is opened again and again takes no room from others: its own oldest challenge goes.
      const same = [...open].filter(([, other]) => other.purpose === purpose).map(([nonce]) => nonce)
      if (same.length >= MOST_OF_ONE) open.delete(same[0] ?? '')
      // The oldest come first.
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
