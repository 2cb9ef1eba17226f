import type { Place } from './archive.ts'

/** Where an export is not whole. */
export interface Finding {
  /** Name within the archive; `end` for what stands after the last. */
  readonly entry: string
  readonly part: 'header' | 'content' | 'padding' | 'end'
  /** Bytes of the file in which it lies, `to` exclusive. */
  readonly from: number
  readonly to: number
  /** Of the ledger: the first event that is not as it was recorded. */
  readonly position?: number
  /** Goes on from the name of the entry. */
  readonly what: string
}

export const contentFinding = ({ name, at, bytes }: Place, what: string): Finding => ({
  entry: name,
  part: 'content',
  from: at,
  to: at + bytes,
  what,
})

/** The first byte that differs, or the length of the longer one. */
export function firstDifference(a: Buffer, b: Buffer): number {
  const at = a.findIndex((byte, n) => byte !== b[n])
  return at >= 0 ? at : a.length === b.length ? a.length : Math.min(a.length, b.length)
}
