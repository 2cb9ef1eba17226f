import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { isAbsolute, relative, resolve } from 'node:path'
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
} from 'yaml'
import type { Diagnostic } from './diagnostics.ts'

export const MAX_FILE_BYTES = 1024 * 1024
/** Far more than a person writes, far less than an alias bomb unfolds to. */
const MAX_ALIASES = 100
const EXCERPT = 160

export type Path = readonly PropertyKey[]

export interface Place {
  readonly line: number
  readonly column: number
}

type Problem = Pick<Diagnostic, 'code' | 'message'> & Partial<Pick<Diagnostic, 'hint' | 'severity'>>

/** Keys at the top of older files, and what they are called today. */
const RENAMED: ReadonlyMap<unknown, string> = new Map([['plain', 'publicText']])

/** A text file whose lines can be pointed at. */
export interface TextFile {
  /** As `shownPath` gives it. */
  readonly file: string
  readonly text: string
  problemAt(place: Place, problem: Problem): Diagnostic
}

/** A YAML file: plain data, and where each part of it stands. */
export interface Source extends TextFile {
  readonly value: unknown
  /** `key: true` points at the key instead of at its value. A path that is not there points at its nearest parent. */
  problem(path: Path, problem: Problem & { readonly key?: boolean }): Diagnostic
}

/** A path that the person can open: relative to where they stand (npm tells) when it is below that, else absolute. */
export function shownPath(path: string): string {
  const here = process.env.INIT_CWD ?? process.cwd()
  const way = relative(here, resolve(path))
  return way === '' || way.startsWith('..') || isAbsolute(way) ? resolve(path) : way
}

/** What is wrong with a file or folder as a whole. */
export const problemOf = (path: string, code: string, message: string): Diagnostic => ({
  file: shownPath(path),
  line: 1,
  column: 1,
  severity: 'error',
  code,
  message,
  source: '',
})

/** To read, and without waiting for somebody who writes where it is a named pipe. */
const AT_ONCE = constants.O_RDONLY | constants.O_NONBLOCK

/** Reads a file of at most 1 MiB as UTF-8. Null when it could not be read; then `report` got the reason. */
export async function readText(path: string, report: Diagnostic[]): Promise<TextFile | null> {
  const refuse = (code: string, message: string) => {
    report.push(problemOf(path, code, message))
    return null
  }
  let bytes: Buffer
  try {
    const handle = await open(path, AT_ONCE)
    try {
      const found = await handle.stat()
      if (!found.isFile()) return refuse('file-unreadable', 'this is not a file')
      if (found.size > MAX_FILE_BYTES)
        return refuse('file-too-big', `the file has ${found.size} bytes; at most ${MAX_FILE_BYTES} are read`)
      bytes = await handle.readFile()
    } finally {
      await handle.close()
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    return code === 'ENOENT'
      ? refuse('file-missing', 'the file is missing')
      : refuse('file-unreadable', `the file can not be read (${code})`)
  }
  const firstBad = badUtf8(bytes)
  if (firstBad !== null)
    return refuse('not-utf8', `the file is not UTF-8 text (first bad byte at ${firstBad})`)
  return textFile(shownPath(path), bytes.toString('utf8'))
}

/** Offset of about where the bytes stop being UTF-8, or null. */
function badUtf8(bytes: Buffer): number | null {
  const text = bytes.toString('utf8')
  if (Buffer.byteLength(text) === bytes.length && Buffer.from(text, 'utf8').equals(bytes)) return null
  const again = Buffer.from(text, 'utf8')
  return bytes.findIndex((byte, index) => byte !== again[index])
}

function textFile(file: string, text: string): TextFile {
  const lines = text.split('\n')
  return {
    file,
    text,
    problemAt: ({ line, column }, problem) => ({
      file,
      line,
      column,
      severity: 'error',
      ...problem,
      source: (lines[line - 1] ?? '').slice(0, Math.max(EXCERPT, column + 20)).trimEnd(),
    }),
  }
}

/** Reads a YAML file. Null when there is nothing to look into; `report` gets every syntax error. */
export async function readSource(path: string, report: Diagnostic[]): Promise<Source | null> {
  const file = await readText(path, report)
  return file && parseSource(file, report)
}

function parseSource(file: TextFile, report: Diagnostic[]): Source | null {
  const counter = new LineCounter()
  const place = (offset: number): Place => {
    const { line, col } = counter.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  let document: Document.Parsed
  try {
    document = parseDocument(file.text, { lineCounter: counter, prettyErrors: false, stringKeys: true })
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    report.push(file.problemAt({ line: 1, column: 1 }, { code: 'yaml-syntax', message: 'nested too deep' }))
    return null
  }
  for (const found of [...document.errors, ...document.warnings])
    report.push(
      file.problemAt(place(found.pos[0]), {
        code: 'yaml-syntax',
        message: found.message,
      }),
    )
  if (document.errors.length > 0) return null
  if (isMap(document.contents))
    for (const { key } of document.contents.items) {
      const today = isScalar(key) ? RENAMED.get(key.value) : undefined
      if (!isScalar(key) || !today || document.has(today)) continue
      const message = `\`${key.value}\` is called \`${today}\` now; it is read as that`
      const at = place(key.range?.[0] ?? 0)
      report.push(file.problemAt(at, { code: 'renamed-key', message, severity: 'warning' }))
      key.value = today
    }
  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: MAX_ALIASES })
  } catch (error) {
    if (!(error instanceof ReferenceError || error instanceof RangeError)) throw error
    const message = `aliases unfold too far (${error.message})`
    report.push(file.problemAt({ line: 1, column: 1 }, { code: 'alias-bomb', message }))
    return null
  }
  return {
    ...file,
    value,
    problem: (path, { key = false, ...problem }) =>
      file.problemAt(place(offsetOf(document, path, key)), problem),
  }
}

/** Start of the node at `path`, or of its key, or of the nearest parent that is there. */
function offsetOf(document: Document.Parsed, path: Path, key: boolean): number {
  let node: Node | null = document.contents
  let offset = node?.range?.[0] ?? 0
  for (const [index, part] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document) ?? null
    let next: unknown = null
    if (isMap(node)) {
      const pair = node.items.find((item) => isNode(item.key) && String(item.key) === String(part))
      if (isPair(pair) && isNode(pair.key)) {
        offset = pair.key.range?.[0] ?? offset
        if (key && index === path.length - 1) return offset
        next = pair.value
      }
    } else if (isSeq(node) && typeof part === 'number') next = node.items[part]
    if (!isNode(next)) return offset
    node = next
    offset = node.range?.[0] ?? offset
  }
  return offset
}

/** Values at a path pattern such as `services.*.id`, where `*` is any index or key. Nothing is assumed about the data. */
export function* select(
  value: unknown,
  pattern: string,
): Generator<{ readonly path: Path; readonly value: unknown }> {
  yield* walk(value, pattern.split('.'), [])
}

/** The texts among those values: whatever else stands where a name should, the schema refuses. */
export const textsAt = (value: unknown, pattern: string): readonly string[] =>
  [...select(value, pattern)].flatMap((found) => (typeof found.value === 'string' ? [found.value] : []))

function* walk(
  value: unknown,
  parts: readonly string[],
  path: Path,
): Generator<{ readonly path: Path; readonly value: unknown }> {
  const [part, ...rest] = parts
  if (part === undefined) {
    yield { path, value }
    return
  }
  if (typeof value !== 'object' || value === null) return
  for (const [key, child] of Object.entries(value))
    if (part === '*' || part === key)
      yield* walk(child, rest, [...path, Array.isArray(value) ? Number(key) : key])
}
