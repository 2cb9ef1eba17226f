/** So many of each at once: who asks for more waits neither in a line nor before others. */
export interface Turns {
  /** False when this one is too many. */
  take(key: string): boolean
  /** Given back once for each that was taken. */
  give(key: string): void
}

export function turnsOf(most: number): Turns {
  const taken = new Map<string, number>()
  return {
    take(key) {
      const count = taken.get(key) ?? 0
      if (count >= most) return false
      taken.set(key, count + 1)
      return true
    },
    give(key) {
      const count = (taken.get(key) ?? 0) - 1
      if (count > 0) taken.set(key, count)
      else taken.delete(key)
    },
  }
}
