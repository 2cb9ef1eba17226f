import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { open, realpath } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Attached } from '../../engine/ports/kept-file.ts'
import { cleanName, FILE_TYPES, MOST_FILE_BYTES, sniff } from '../../exercise/scenario/file-types.ts'
import { type Diagnostic, meant, nearest } from '../diagnostics/diagnostics.ts'
import { type Path, type Source, select } from '../diagnostics/read.ts'
import { entries, isPart } from '../roots/folders.ts'

/** Of all attachments of a scenario together. */
const MOST_BYTES = 64 * 1024 * 1024
/** Folders beside scenario.yaml that are no part of what is hashed as the scenario. */
const NOT_HASHED = ['services', 'weaknesses', 'node_modules']

const KINDS = Object.keys(FILE_TYPES).join(', ')

/** The files that messages of a scenario name, each once. `report` gets what can not be taken, and why. */
export async function readAttachments(
  source: Source,
  folder: string,
  report: Diagnostic[],
): Promise<readonly Attached[]> {
  const found = new Map<string, Attached>()
  let total = 0
  for (const { path, value } of select(source.value, 'timeline.entries.*.attachments.*')) {
    if (typeof value !== 'string' || !isWithin(value)) continue
    const say = (code: string, message: string, hint?: string) =>
      void report.push(source.problem(path, { code, message, ...(hint && { hint }) }))
    if (twice(source.value, path, value)) say('duplicate-id', `\`${value}\` is there already`)
    if (found.has(value)) continue
    const attached = await readOne(folder, value, say)
    if (!attached) continue
    found.set(value, attached)
    total += attached.bytes
    if (total > MOST_BYTES && total - attached.bytes <= MOST_BYTES)
      say('file-too-big', `the attachments of a scenario have at most ${mebi(MOST_BYTES)} together`)
  }
  return [...found.values()]
}

const mebi = (bytes: number): string => `${Number((bytes / 1024 / 1024).toFixed(1))} MiB`

/** The schema says what else is wrong with such a path. */
const isWithin = (path: string): boolean =>
  path.split('/').every((part) => part !== '' && !part.startsWith('.') && !/[\\\p{Cc}]/u.test(part))

function twice(data: unknown, path: Path, value: string): boolean {
  const own = path.slice(0, -1).join('.')
  return [...select(data, `${own}.*`)].some(
    (other) => other.value === value && Number(other.path.at(-1)) < Number(path.at(-1)),
  )
}

async function readOne(
  folder: string,
  path: string,
  say: (code: string, message: string, hint?: string) => void,
): Promise<Attached | null> {
  const refuse = (code: string, message: string, hint?: string) => {
    say(code, message + meant(hint), hint)
    return null
  }
  const [top = ''] = path.split('/')
  if (path.split('/').includes('node_modules') || (path.includes('/') && NOT_HASHED.includes(top)))
    return refuse(
      'not-hashed',
      `\`${top}/\` is no part of the scenario itself; put the file elsewhere, e.g. in \`injects/\``,
    )
  const place = join(resolve(folder), path)
  const name = cleanName(path) ?? ''
  try {
    if ((await realpath(place)) !== join(await realpath(folder), path))
      return refuse(
        'symbolic-link',
        `\`${path}\` leads elsewhere by a symbolic link; put the file itself here`,
      )
    const handle = await open(place, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW)
    try {
      const found = await handle.stat()
      if (!found.isFile()) return refuse('file-unreadable', `\`${path}\` is not a file`)
      if (found.size > MOST_FILE_BYTES)
        return refuse(
          'file-too-big',
          `\`${path}\` has ${mebi(found.size)}; an attachment has at most ${mebi(MOST_FILE_BYTES)}`,
        )
      const content = await handle.readFile()
      const sniffed = sniff(name, content)
      if (!sniffed.ok) return refuse('not-attachable', WHY[sniffed.why](path))
      const sha256 = createHash('sha256').update(content).digest('hex')
      return { path, place, name, type: sniffed.type, bytes: content.length, sha256 }
    } finally {
      await handle.close()
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    if (code !== 'ENOENT' && code !== 'ENOTDIR')
      return refuse('file-unreadable', `\`${path}\` can not be read (${code})`)
    return refuse(
      'file-missing',
      `there is no file \`${path}\` in the scenario folder`,
      nearest(path, await attachable(folder)),
    )
  }
}

const WHY: Readonly<Record<'unknown-ending' | 'empty' | 'other-content', (path: string) => string>> = {
  'unknown-ending': (path) => `\`${path}\` is of no kind that can be attached: ${KINDS}`,
  empty: (path) => `\`${path}\` is empty`,
  'other-content': (path) => `the content of \`${path}\` is not what the end of its name says`,
}

/** Paths of files that somebody may have meant. */
async function attachable(folder: string, below = ''): Promise<readonly string[]> {
  const found: string[] = []
  for (const entry of await entries(join(folder, below))) {
    if (!isPart(entry) || NOT_HASHED.includes(entry.name)) continue
    const path = below ? `${below}/${entry.name}` : entry.name
    if (entry.isDirectory()) found.push(...(await attachable(folder, path)))
    else if (entry.isFile()) found.push(path)
  }
  return found
}
