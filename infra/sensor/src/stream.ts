import type { Packet } from './packet.ts'

/** One direction of a TCP connection, in which each byte is looked at once. */
export interface Stream {
  /** Number of the next byte; null before the first. */
  next: number | null
  /** Bytes of a head that is not whole yet. */
  head: Uint8Array
  /** Up to this byte goes what carries no head. */
  bodyEnd: number | null
}

export const newStream = (): Stream => ({ next: null, head: NOTHING, bodyEnd: null })
export const NOTHING = new Uint8Array(0)

/** Numbers of bytes begin anew after 4 GiB: whether the first comes after the second. */
const after = (one: number, other: number): boolean => ((one - other) | 0) > 0

/**
 * What of a packet was not there before and is no part of a body that was announced; empty for a packet that was sent again. What is lost on the way is passed over: a
 * sensor has nobody to ask.
 */
export function freshOf(stream: Stream, { seq, bytes, data, flags }: Packet): Uint8Array {
  if (flags.syn) {
    stream.next = (seq + 1) >>> 0
    return NOTHING
  }
  if (bytes === 0) return NOTHING
  const end = (seq + bytes) >>> 0
  let from = seq
  if (stream.next !== null) {
    if (!after(end, stream.next)) return NOTHING
    if (after(stream.next, seq)) from = stream.next
    // Something is missing: a head that waits for it would never be whole.
    else if (after(seq, stream.next)) stream.head = NOTHING
  }
  stream.next = end
  if (stream.bodyEnd !== null) {
    if (!after(end, stream.bodyEnd)) return NOTHING
    if (after(stream.bodyEnd, from)) from = stream.bodyEnd
    stream.bodyEnd = null
  }
  return data.subarray((from - seq) >>> 0)
}

/** Adds to the head that is not whole, up to `most` bytes. */
export function addToHead(stream: Stream, data: Uint8Array, most: number): Uint8Array {
  if (stream.head.length === 0) return data.subarray(0, most)
  const both = new Uint8Array(Math.min(most, stream.head.length + data.length))
  both.set(stream.head)
  both.set(data.subarray(0, both.length - stream.head.length), stream.head.length)
  return both
}
