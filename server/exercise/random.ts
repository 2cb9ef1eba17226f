/**
 * Seeded randomness: the same seed and key give the same number everywhere and for ever.
 * Hash: FNV-1a, 32 bit (Fowler, Noll, Vo; public domain). Generator: mulberry32 (Tommy Ettinger; public domain).
 */

/** FNV-1a over the UTF-16 code units of `text`, as an unsigned 32-bit number. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) {
    hash ^= text.charCodeAt(i)
    hash = Math.imul(hash, 0x01000193)
  }
  return hash >>> 0
}

/** A generator of numbers in [0, 1), started from the hash of `seed`. */
export function random(seed: string): () => number {
  let a = hash32(seed)
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** A new list with the same members in an order that `seed` decides (Fisher-Yates). */
export function shuffle<T>(seed: string, list: readonly T[]): readonly T[] {
  const next = random(seed)
  const pool = [...list]
  const shuffled: T[] = []
  while (pool.length > 0) shuffled.push(...pool.splice(Math.floor(next() * pool.length), 1))
  return shuffled
}
