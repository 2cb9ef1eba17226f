import { plain } from './plain.ts'

/** A longer cell would push all others out of sight. */
const LONGEST = 400

const short = (cell: string): string => (cell.length > LONGEST ? `${cell.slice(0, LONGEST)}…` : cell)

/** Plain text table, columns as wide as their widest cell. */
export function table(head: readonly string[], given: readonly (readonly string[])[]): string {
  const rows = given.map((row) => row.map((cell) => short(plain(cell))))
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => (row[i] ?? '').length)))
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd()
  return [line(head), widths.map((w) => '-'.repeat(w)).join('  '), ...rows.map(line)].join('\n')
}
