/** Rows of one statement: PostgreSQL takes at most 65,535 parameters. */
export const ROWS = 2_000

/** The rows in parts that fit a statement. */
export function parts<T>(rows: readonly T[]): T[][] {
  const result: T[][] = []
  for (let i = 0; i < rows.length; i += ROWS) result.push(rows.slice(i, i + ROWS))
  return result
}
