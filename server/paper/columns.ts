/** A column by its cells, pt: the least in which no word is divided, and what all of them on one line take. */
export interface Column {
  readonly least: number
  readonly whole: number
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)

/** Widths of columns within `room`, pt: each as wide as it likes where all have room, else those that want most share what the others leave. null where words would be divided. */
export function columnWidths(columns: readonly Column[], room: number): readonly number[] | null {
  let spare = room - sum(columns.map((one) => one.least))
  if (spare < 0) return null
  const widths = columns.map((one) => one.least)
  const modestFirst = columns
    .map((one, nth) => ({ nth, wanted: one.whole - one.least }))
    .toSorted((a, b) => a.wanted - b.wanted)
  modestFirst.forEach(({ nth, wanted }, done) => {
    const given = Math.min(wanted, spare / (columns.length - done))
    widths[nth] = (widths[nth] ?? 0) + given
    spare -= given
  })
  return widths
}

/** Widths where nothing fits: each its part, and words are divided. */
export function crampedWidths(columns: readonly Column[], room: number): readonly number[] {
  const least = sum(columns.map((one) => one.least))
  return columns.map((one) => (one.least / least) * room)
}
