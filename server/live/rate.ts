/** Allows `burst` at once and `perSecond` over time. */
export interface RateLimit {
  /** False when this one is too many. */
  take(): boolean
  /** Whether one more would be let through; takes nothing. */
  left(): boolean
}

export function rateLimit(perSecond: number, burst: number, now: () => number = Date.now): RateLimit {
  let left = burst
  let since = now()
  const earn = () => {
    const at = now()
    left = Math.min(burst, left + (Math.max(0, at - since) / 1_000) * perSecond)
    since = at
    return left >= 1
  }
  return {
    take() {
      if (!earn()) return false
      left -= 1
      return true
    },
    left: earn,
  }
}

/** Addresses remembered at most; the longest quiet one is forgotten first. */
const ADDRESSES = 10_000

/** One limit for each address, e.g. for tokens that are no good. */
export function rateLimitPerAddress(perSecond: number, burst: number, now: () => number = Date.now) {
  const limits = new Map<string, RateLimit>()
  return {
    /** Whether one more would be let through; takes nothing. */
    left: (address: string): boolean => limits.get(address)?.left() ?? burst >= 1,
    take(address: string): boolean {
      const limit = limits.get(address) ?? rateLimit(perSecond, burst, now)
      limits.delete(address)
      limits.set(address, limit)
      const oldest = limits.keys().next()
      if (limits.size > ADDRESSES && !oldest.done) limits.delete(oldest.value)
      return limit.take()
    },
  }
}
export type AddressLimit = ReturnType<typeof rateLimitPerAddress>

/** So much a second in the long run. Who has spent more than there was waits until it is paid off. */
export interface Allowance {
  spend(amount: number): void
  /** How long until nothing is owed, ms. */
  owesMs(): number
}

export function allowance(perSecond: number, burst: number, now: () => number = Date.now): Allowance {
  let left = burst
  let since = now()
  const earn = () => {
    const at = now()
    left = Math.min(burst, left + (Math.max(0, at - since) / 1_000) * perSecond)
    since = at
  }
  return {
    spend(amount) {
      earn()
      left -= amount
    },
    owesMs() {
      earn()
      // What rounding leaves is no debt.
      return left > -1 ? 0 : Math.ceil((-left / perSecond) * 1_000)
    },
  }
}
