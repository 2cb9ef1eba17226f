/** A column by its cells, pt: the least in which no word is divided, and what all of them on one line take. */
export interface Column {
  readonly least: number
  readonly whole: number
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)

/** Widths of columns within `room`, pt: each as wide as it likes where all have room, else what is left goes to those that want it. null where words would be divided. */
export function columnWidths(columns: readonly Column[], room: number): readonly number[] | null {
  const least = sum(columns.map((one) => one.least))
  if (least > room) return null
  const wanted = sum(columns.map((one) => one.whole - one.least))
  const share = wanted === 0 ? 0 : Math.min(1, (room - least) / wanted)
  return columns.map((one) => one.least + (one.whole - one.least) * share)
}

/** Widths where nothing fits: each its part, and words are divided. */
export function crampedWidths(columns: readonly Column[], room: number): readonly number[] {
  const least = sum(columns.map((one) => one.least))
  return columns.map((one) => (one.least / least) * room)
}
