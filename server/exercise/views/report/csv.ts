export type CsvValue = string | number | boolean | null

/** Numbers of a report in rows and columns, for programs. */
export interface ReportTable {
  readonly name: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly CsvValue[])[]
}

/** What a spreadsheet takes for the beginning of a formula, also behind blanks. */
const FORMULA = /^[\s\uFEFF]*[=+\-@＝＋－＠]/

/**
 * A table by RFC 4180, first the names of its columns. Whatever a person wrote that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay numbers. With a byte order
 * mark, without which spreadsheets take UTF-8 for something else.
 */
export function csvText({ columns, rows }: Pick<ReportTable, 'columns' | 'rows'>): string {
  return `\uFEFF${[columns, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('')}`
}

function field(value: CsvValue): string {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  const safe = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}
