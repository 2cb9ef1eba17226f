/**
 * The engine multiplexes stdout and stderr of a container without TTY into frames: one byte of stream, three of padding, four of length.
 * Chunks arrive at any boundary. Nothing is kept beyond the eight header bytes, so a hostile container can not make us hold memory.
 */
export function demultiplex(
  onData: (stream: 'stdout' | 'stderr', chunk: Buffer) => void,
): (chunk: Buffer) => void {
  const header = Buffer.alloc(8)
  let have = 0
  let left = 0
  return (chunk) => {
    let at = 0
    while (at < chunk.length) {
      if (left === 0) {
        const copied = chunk.copy(header, have, at, at + 8 - have)
        have += copied
        at += copied
        if (have < 8) return
        have = 0
        left = header.readUInt32BE(4)
        continue
      }
      const end = Math.min(chunk.length, at + left)
      onData(header[0] === 2 ? 'stderr' : 'stdout', chunk.subarray(at, end))
      left -= end - at
      at = end
    }
  }
}

/** Splits a byte stream into lines. A line longer than `maxBytes` throws: the sender is broken or hostile. */
export function lines(maxBytes: number, onLine: (line: string) => void): (chunk: Buffer) => void {
  let parts: Buffer[] = []
  let size = 0
  return (chunk) => {
    let from = 0
    for (let to = chunk.indexOf(10); to >= 0; to = chunk.indexOf(10, from)) {
      parts.push(chunk.subarray(from, to))
      const line = Buffer.concat(parts).toString('utf8')
      parts = []
      size = 0
      from = to + 1
      if (line.trim()) onLine(line)
    }
    const rest = chunk.subarray(from)
    size += rest.length
    if (size > maxBytes) throw new Error(`a line longer than ${maxBytes} bytes`)
    if (rest.length > 0) parts.push(Buffer.from(rest))
  }
}

/** Keeps the first `maxBytes` of what is pushed. */
export function cutAt(maxBytes: number): { push(chunk: Buffer): void; text(): string; cut(): boolean } {
  const parts: Buffer[] = []
  let size = 0
  let over = false
  return {
    push(chunk) {
      const room = maxBytes - size
      if (chunk.length > room) over = true
      if (room > 0) parts.push(Buffer.from(chunk.subarray(0, room)))
      size += Math.min(room, chunk.length)
    },
    text: () => Buffer.concat(parts).toString('utf8'),
    cut: () => over,
  }
}
