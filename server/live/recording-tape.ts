import { promisify } from 'node:util'
import { constants, crc32, deflateRaw, inflateRaw } from 'node:zlib'

const deflate = promisify(deflateRaw)
const inflate = promisify(inflateRaw)
const LEVEL = 4
/** RFC 1952: deflate, no name, no time, Unix. */
const HEAD = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3])
/** Digest of the last event, check and length of the text so far. */
const KEPT_HEAD = 16

/**
 * A text that is packed piece by piece as it grows, and is one gzip file at any moment: each piece ends at a whole byte and looks back at nothing before it, so that they can
 * stand one after another.
 */
export interface Tape {
  /** Position of the ledger that it goes up to, and a digest of the event there. */
  readonly upTo: number
  readonly lastEvent: number
  /** CRC-32 and length of the text. */
  readonly crc: number
  readonly length: number
  readonly pieces: readonly Buffer[]
}

export const emptyTape: Tape = { upTo: 0, lastEvent: 0, crc: 0, length: 0, pieces: [] }

/** With more text, of events up to `upTo`. It is packed in a thread of its own. */
export async function written(tape: Tape, text: string, at: Pick<Tape, 'upTo' | 'lastEvent'>): Promise<Tape> {
  if (text === '') return { ...tape, ...at }
  const bytes = Buffer.from(text)
  const piece = await deflate(bytes, { level: LEVEL, finishFlush: constants.Z_FULL_FLUSH })
  return {
    ...at,
    crc: crc32(bytes, tape.crc),
    length: tape.length + bytes.length,
    pieces: [...tape.pieces, piece],
  }
}

/** All of it with `end` after it, as a gzip file. */
export async function packed(tape: Tape, end: string): Promise<Buffer> {
  const bytes = Buffer.from(end)
  const tail = Buffer.alloc(8)
  tail.writeUInt32LE(crc32(bytes, tape.crc))
  tail.writeUInt32LE((tape.length + bytes.length) % 2 ** 32, 4)
  return Buffer.concat([HEAD, ...tape.pieces, await deflate(bytes, { level: LEVEL }), tail])
}

/** As the store keeps it. */
export function asKept({ crc, length, lastEvent, pieces }: Tape): Buffer {
  const head = Buffer.alloc(KEPT_HEAD)
  head.writeUInt32LE(lastEvent)
  head.writeUInt32LE(crc, 4)
  head.writeDoubleLE(length, 8)
  return Buffer.concat([head, ...pieces])
}

/** What `asKept` made of one that goes up to `upTo`; null when it is not whole. */
export async function fromKept(kept: Uint8Array, upTo: number): Promise<Tape | null> {
  if (kept.length < KEPT_HEAD) return null
  const body = Buffer.from(kept)
  const pieces = [body.subarray(KEPT_HEAD)]
  const [lastEvent, crc, length] = [body.readUInt32LE(0), body.readUInt32LE(4), body.readDoubleLE(8)]
  // It has no end yet.
  const text = await inflate(pieces[0] ?? body, { finishFlush: constants.Z_SYNC_FLUSH }).catch(() => null)
  if (text?.length !== length || crc32(text) !== crc) return null
  return { upTo, lastEvent, crc, length, pieces }
}
