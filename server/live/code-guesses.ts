import { networkOf } from './network-of.ts'
import { rateLimit, rateLimitPerAddress } from './rate.ts'

/** Of wrong codes, see join-codes.ts for what guessing comes to. */
const EACH = [1 / 6, 20] as const
const ALL = [1 / 2, 60] as const

/** Wrong join codes are few, of one address and of all together, by whatever way they come in. */
export interface CodeGuesses {
  /** Whether one more would be looked at; takes nothing. */
  left(ip: string): boolean
  wrong(ip: string): void
}

export function openCodeGuesses(now: () => number = Date.now): CodeGuesses {
  const each = rateLimitPerAddress(...EACH, now)
  const all = rateLimit(...ALL, now)
  return {
    left: (ip) => each.left(networkOf(ip)) && all.left(),
    wrong(ip) {
      each.take(networkOf(ip))
      all.take()
    },
  }
}
