/** The last `limit` bytes that were added, cut at chunk borders only when a whole chunk no longer fits. */
export interface Scrollback {
  add(chunk: Buffer): void
  bytes(): Buffer
}

export function openScrollback(limit: number): Scrollback {
  let chunks: Buffer[] = []
  let size = 0
  const joined = () => Buffer.concat(chunks)
  return {
    add(chunk) {
      chunks.push(chunk)
      size += chunk.length
      // Not at every chunk: that would copy the whole for each key typed.
      if (size <= 2 * limit) return
      chunks = [Buffer.from(joined().subarray(-limit))]
      size = limit
    },
    bytes: () => joined().subarray(-limit),
  }
}
