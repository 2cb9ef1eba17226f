/** How wide a table of services by team may be, in rem, and what of it fits. */

/** So wide must a column be for words. */
const FOR_WORDS = 6.2
const FOR_NAMES = 7.5
/** The first column with names and points beside each other, by the width of all. */
const BESIDE = [
  { from: 46, first: 11 },
  { from: 32, first: 9.6 },
  { from: 0, first: 8 },
] as const
/** Narrowest columns of shapes: alone, and with a strip beside or below. */
const FOR_MARK = 1.6
const FOR_STRIP = 2.2
/** Of a table that scrolls sideways. */
const SCROLLED = 2.4
/** With more teams than these each has one line. */
const TALL = 8
/** Of a team of two lines, with its strip below the state; and of the window's height what teams may take. */
const TALL_ROW = 4.6
const TALL_SHARE = 0.42
/** Of the letters of a heading. */
const LETTER = 0.46
const FULL_LETTER = 0.95

export interface MatrixShape {
  /** States are words too; otherwise shapes alone, and a key says what they mean. */
  readonly words: boolean
  /** A team is one line: name and points, mark and strip beside each other. */
  readonly flat: boolean
  /** Names of services stand upright. */
  readonly upright: boolean
  readonly strips: boolean
  /** First column, in rem. */
  readonly first: number
  /** Narrowest others, in rem: below that the table scrolls sideways. */
  readonly column: number
}

export function matrixShape(of: {
  readonly width: number
  /** Of the window; null where a page may be as high as it likes. */
  readonly height: number | null
  readonly teams: number
  readonly names: readonly string[]
}): MatrixShape {
  const { width, height, teams, names } = of
  const count = Math.max(1, names.length)
  const flat = teams > TALL || (height !== null && teams * TALL_ROW > height * TALL_SHARE)
  const words = !flat && width >= FOR_NAMES + count * FOR_WORDS
  if (words) return { words, flat, upright: false, strips: true, first: FOR_NAMES, column: FOR_WORDS }
  const first = flat ? (BESIDE.find(({ from }) => width >= from)?.first ?? 8) : 6.2
  const room = (width - first) / count
  const scrolled = room < FOR_MARK
  return {
    words,
    flat,
    upright: Math.max(...names.map(longestWord)) > room - 0.5,
    strips: !flat || scrolled || room >= FOR_STRIP,
    first,
    column: scrolled ? SCROLLED : FOR_MARK,
  }
}

/** So wide is the longest part of a name that is not broken, about, in rem. Letters of Japanese and the like are twice as wide, and break anywhere, but not alone. */
function longestWord(name: string): number {
  const parts = name.split(/[\s\u00ad]+/)
  return Math.max(
    ...parts.map((part) =>
      /[\u3040-\u9fff]/.test(part) ? Math.min(part.length, 4) * FULL_LETTER : part.length * LETTER,
    ),
  )
}
