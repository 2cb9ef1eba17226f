/** Widths in em of the table's type: everything but attacks, what was won and lost, and an attack with and without words. */
const FIXED = 27.5
const CHANGES = 19
const WITH_WORDS = 9.4
const WITHOUT = 6.3
/** Height in rem of what is around the rows of a big screen, and of the screen. */
const AROUND = 15
const SCREEN = 56.25
/** Of a row's height, letters; and no larger than this, in rem. */
const LETTERS = 0.6
const LARGEST = 1.6
/** With more teams than these, rows of a page are as low as a target may be, so that a laptop shows all of 24. Narrower pages (rem) are read by scrolling. */
const FEW = 12
const WIDE = 72
const DENSE_FONT = 0.86

export interface Fit {
  readonly fontRem: number
  /** So many attacks, the newest. */
  readonly shown: number
  /** What was won and lost has a column of its own. */
  readonly changesApart: boolean
  /** Times have their words with them: below on a page, beside on a big screen. */
  readonly words: boolean
  /** Each team has one low line. */
  readonly dense: boolean
}

/** What has room in a table so wide (rem). A page scrolls; a big screen does not, and shows the latest attacks. */
export function fitted(of: {
  readonly width: number
  readonly big: boolean
  readonly rows: number
  readonly columns: number
}): Fit {
  const { width, big, rows, columns } = of
  if (!big) {
    const dense = rows > FEW && width >= WIDE
    const fontRem = dense ? DENSE_FONT : 1
    const changesApart = width / fontRem >= FIXED + CHANGES + Math.min(columns, 4) * WITHOUT
    return { fontRem, shown: columns, changesApart, words: !dense, dense }
  }
  const fontRem = Math.min(LARGEST, (LETTERS * (SCREEN - AROUND)) / Math.max(1, rows))
  const em = width / fontRem
  const changesApart = em >= FIXED + CHANGES + Math.min(columns, 3) * WITHOUT
  const left = em - FIXED - (changesApart ? CHANGES : 0)
  const words = left >= Math.min(columns, 6) * WITH_WORDS
  const shown = Math.max(1, Math.floor(left / (words ? WITH_WORDS : WITHOUT)))
  return { fontRem, shown: Math.min(columns, shown), changesApart, words, dense: false }
}
