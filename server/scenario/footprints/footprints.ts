import type { Path } from '../diagnostics/read.ts'
import { drawn } from './drawn.ts'
import { authoredRequest, hostOf, httpFootprints, tellsWho } from './http-footprints.ts'
import { commandFootprints, shellFootprints } from './shell-footprints.ts'
import { UNKNOWN } from './shell-words.ts'
import { sqlFootprints } from './sql-footprints.ts'

/** Something that a step makes under the same name in every run: two runs that overlap share it, and a later one finds what an earlier one left. */
export interface Footprint {
  readonly path: Path
  readonly what: string
}

/**
 * What the steps of a script make that carries nothing drawn: files and accounts of shell commands, records and roles of SQL, resources of HTTP, listeners that could not
 * tell their own callers. It says only what it is sure of: whatever comes from a page, a program or a person of the nation counts as drawn. The data may be malformed
 * anywhere. `known`: who has said on which machine who they are; goes on from list to list. Pure but for that.
 */
export function footprintsOf(
  list: unknown,
  path: Path,
  known: Set<string> = new Set(),
): readonly Footprint[] {
  if (!Array.isArray(list)) return []
  return list.flatMap((step: unknown, index) => stepFootprints(step, [...path, index], known))
}

function stepFootprints(step: unknown, path: Path, known: Set<string>): readonly Footprint[] {
  const at = (key: string, names: readonly string[]) => names.map((what) => ({ path: [...path, key], what }))
  const exec = get(step, 'exec')
  const ssh = get(step, 'ssh')
  const sql = get(step, 'sql')
  return [
    ...at('exec', commandFootprints(texts(get(exec, 'command')), fields(get(exec, 'env')))),
    ...at('ssh', shellFootprints(text(get(ssh, 'command')))),
    ...at('sql', sqlFootprints(text(get(sql, 'query')), texts(get(sql, 'params')))),
    ...at('listen', listenFootprints(get(step, 'listen'))),
    ...requests(step, path, known),
    ...footprintsOf(get(get(step, 'repeat'), 'steps'), [...path, 'repeat', 'steps'], known),
  ]
}

function requests(step: unknown, path: Path, known: Set<string>): readonly Footprint[] {
  const actor = text(get(step, 'actor')) || 'citizen'
  const login = get(step, 'login')
  if (drawn(text(get(login, 'as')))) {
    const at = authoredRequest({ url: get(login, 'at') })
    if (at) known.add(`${actor} ${hostOf(at)}`)
  }
  const flood = get(step, 'flood')
  const [key, written] = flood === undefined ? ['http', get(step, 'http')] : ['flood', get(flood, 'http')]
  const request = authoredRequest(written)
  if (!request) return []
  const who = `${actor} ${hostOf(request)}`
  const found = httpFootprints(request, known.has(who))
  if (tellsWho(request)) known.add(who)
  return found.map((what) => ({ path: [...path, key], what }))
}

/** All that wait on a port hear all who call there: only what a caller says tells whose it is. */
function listenFootprints(listen: unknown): readonly string[] {
  const says = get(listen, 'says')
  const port = get(listen, 'port')
  return typeof says === 'string' && !drawn(says) && Number.isFinite(port) ? [`port ${port} ${says}`] : []
}

function get(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(word) : [])

const fields = (value: unknown): Readonly<Record<string, string>> =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, word(one)]))
    : {}

/** What stands where a word should: of a list or a mapping nothing is sure. */
const word = (value: unknown): string =>
  typeof value === 'string' || Number.isFinite(value) || typeof value === 'boolean' ? String(value) : UNKNOWN
