/** Reads of bytes that somebody else chose: outside of what is there they give null, and never throw. */

export const u8 = (bytes: Uint8Array, at: number): number | null => bytes[at] ?? null

export const u16 = (bytes: Uint8Array, at: number): number | null => {
  const [high, low] = [bytes[at], bytes[at + 1]]
  return high === undefined || low === undefined ? null : high * 256 + low
}

export const u32 = (bytes: Uint8Array, at: number): number | null => {
  const [high, low] = [u16(bytes, at), u16(bytes, at + 2)]
  return high === null || low === null ? null : high * 65_536 + low
}

/** One letter for each byte, from `from` on and at most up to `to`. */
export function latin1(bytes: Uint8Array, from = 0, to = bytes.length): string {
  const end = Math.min(to, bytes.length)
  return from < end ? Buffer.from(bytes.buffer, bytes.byteOffset + from, end - from).toString('latin1') : ''
}

/**
 * What may stand in a line: visible signs of ASCII, cut to a length. A bracket is written as a URL would write it, so that nobody outside writes the mark of
 * a kind, which is a word in brackets.
 */
export function shown(text: string, most: number): string {
  const cut = text.length > most ? `${text.slice(0, most)}...` : text
  const clean = cut
    .replaceAll('[', '%5B')
    .replaceAll(']', '%5D')
    .replace(/[^\x21-\x7e]/g, '?')
  // A copy: a part of a text would keep all of it in memory.
  return Buffer.from(clean, 'latin1').toString('latin1')
}
