import type { RegisterUsage, Usage } from './usages.ts'

/** A row of all registers together: which of them it is from is more than interface 2.x asks for. */
export interface AnyUsage extends Usage {
  readonly register: string
}

/** Names of the registers that could not be asked. */
export const silent = (registers: readonly RegisterUsage[]): readonly string[] =>
  registers.filter(({ answer }) => !answer.asked).map(({ register }) => register)

/** The rows of all registers as one list, newest first, without the first `offset`, at most `limit`; and how many there are in all. */
export function merged(
  registers: readonly RegisterUsage[],
  { offset, limit }: { readonly offset: number; readonly limit: number },
): { readonly totalUsages: number; readonly usages: readonly AnyUsage[] } {
  let totalUsages = 0
  const rows: AnyUsage[] = []
  for (const { register, answer } of registers) {
    if (!answer.asked) continue
    totalUsages += answer.value.total
    rows.push(...answer.value.usages.map((usage) => ({ ...usage, register })))
  }
  rows.sort((a, b) => Date.parse(b.logtime) - Date.parse(a.logtime))
  return { totalUsages, usages: rows.slice(offset, offset + limit) }
}
