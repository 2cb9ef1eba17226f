import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { StoreProblem } from './problem.ts'
import type { casts, clocks, events, files, samples, settings } from './schema.ts'

/**
 * A dump is JSON lines: a header, one line per row, and an end with the number of rows, so that a cut file is noticed. It
 * holds the platform's settings too, with the keys that sign join links: keep it as private as the store itself.
 */
export const HEADER = { kilp: 'dump', format: 1 } as const

export type Row =
  | { readonly event: typeof events.$inferSelect }
  | { readonly clock: typeof clocks.$inferSelect }
  | { readonly sample: Omit<typeof samples.$inferSelect, 'id'> }
  | { readonly file: typeof files.$inferSelect }
  | { readonly cast: typeof casts.$inferSelect }
  | { readonly setting: typeof settings.$inferSelect }
export type Line = typeof HEADER | Row | { readonly end: number }

type FieldType = 'string' | 'number' | 'object'
const FIELDS: Readonly<Record<string, Readonly<Record<string, FieldType>>>> = {
  event: {
    exerciseId: 'string',
    position: 'number',
    type: 'string',
    version: 'number',
    at: 'number',
    wall: 'number',
    data: 'object',
  },
  clock: { exerciseId: 'string', exerciseMs: 'number', wall: 'number' },
  sample: {
    exerciseId: 'string',
    at: 'number',
    wall: 'number',
    team: 'string',
    service: 'string',
    journey: 'string',
    verdict: 'string',
    ms: 'number',
    evidence: 'object',
  },
  cast: {
    exerciseId: 'string',
    cast: 'string',
    part: 'number',
    terminal: 'string',
    team: 'string',
    bytes: 'number',
    text: 'string',
  },
  file: {
    exerciseId: 'string',
    sha256: 'string',
    owner: 'string',
    name: 'string',
    type: 'string',
    bytes: 'number',
    wall: 'number',
    body: 'string',
  },
  setting: { key: 'string', value: 'object' },
}

/** The rows of a dump with their line numbers. @throws StoreProblem (`bad-dump`) at the first line that is no good. */
export async function* linesOf(input: Readable): AsyncGenerator<{ row: Row; line: number }> {
  let line = 0
  let end: number | null = null
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    line += 1
    // Editors and shells of some systems put a mark of byte order before a text.
    const content = parse(line === 1 ? text.replace(/^\uFEFF/, '') : text, line)
    if (line === 1) {
      checkHeader(content)
      continue
    }
    if (end !== null) throw badDump(line, 'something follows the end')
    if (typeof content.end === 'number') {
      end = content.end
      if (end !== line - 2) throw badDump(line, `${end} rows were written, ${line - 2} are here`)
    } else yield { row: checkRow(content, line), line }
  }
  if (end === null) throw badDump(line, 'the dump is cut off: its end is missing')
}

export function badDump(line: number, what: string): StoreProblem {
  return new StoreProblem('bad-dump', `Line ${line} of the dump: ${what}. Nothing was restored.`)
}

function parse(text: string, line: number): Record<string, unknown> {
  try {
    const content: unknown = JSON.parse(text)
    if (typeof content === 'object' && content !== null) return content as Record<string, unknown>
  } catch {
    // Falls through: text that is no JSON and JSON that is no object are told alike.
  }
  throw badDump(line, 'not a JSON object')
}

function checkHeader(content: Record<string, unknown>): void {
  if (content.kilp !== HEADER.kilp) throw badDump(1, 'this is not a Kilp dump')
  if (content.format !== HEADER.format)
    throw badDump(
      1,
      `format ${content.format} was written by another version; this one reads ${HEADER.format}`,
    )
}

function checkRow(content: Record<string, unknown>, line: number): Row {
  for (const [kind, fields] of Object.entries(FIELDS)) {
    if (!(kind in content)) continue
    const row = content[kind] as Record<string, unknown> | null
    for (const [field, type] of Object.entries(fields))
      if (typeof row?.[field] !== type) throw badDump(line, `${kind} without a proper ${field}`)
    return content as Row
  }
  throw badDump(line, `unknown kind of row ${Object.keys(content)[0]}`)
}
