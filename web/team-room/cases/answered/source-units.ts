/** A function, a constant or a route: what is read as one. */
export interface Unit {
  readonly file: string
  /** From 1. */
  readonly line: number
  /** Empty for a route, and for a file that is no program. */
  readonly name: string
  /** Its lines, and the comment before them. */
  readonly text: string
  readonly route: { readonly method: string; readonly path: string } | null
}

/** A source as far as its lines tell. */
export interface Source {
  readonly units: readonly Unit[]
  /** By name here, the file it is from. */
  readonly imports: ReadonlyMap<string, string>
  /** What is put under which path: names of functions or constants. */
  readonly mounts: readonly { readonly path: string; readonly name: string }[]
}

const NAMED = [
  /^(?:export )?(?:async )?function\*? (\w+)/,
  /^(?:export )?(?:const|let|class) (\w+)/,
  /^create (?:table|function|role|user) (?:if not exists )?(\w+)/i,
  // Methods: `async add(entry) {`, `'RPC.Vote'(c, params) {`.
  /^(?:async )?'?([\w.]+)'?\(.*[{,(]$/,
  /^(\w+): (?:async )?\(/,
]
const KEYWORD = /^(?:if|for|while|switch|catch|return|await|function|else)$/
const ROUTE = /^\S*?\.(get|post|put|patch|delete|all)\(\s*(['"`])(\/[^'"`]*)\2/
const MOUNT = /\.route\(\s*(['"`])(\/[^'"`]*)\1\s*,\s*(?:\w+\.)*?(\w+)/g
const IMPORT = /import (?:type )?\{([^}]*)\} from '(\.[^']+)'/g
/** Longer lines, and bodies, are nobody's writing. */
const LINE_LENGTH = 2_000
const UNIT_LENGTH = 20_000

/** Pure: reads a source line by line, by how it is set in. Of what is written otherwise little comes out. */
export function readSource(file: string, text: string): Source {
  const lines = text.split('\n').map((line) => line.slice(0, LINE_LENGTH))
  const units = lines.flatMap((line, index) => unitAt(file, lines, line.trimStart(), index))
  const whole = { file, line: 1, name: '', text: text.slice(0, UNIT_LENGTH), route: null }
  return {
    units: units.length > 0 ? units : [whole],
    imports: new Map([...text.matchAll(IMPORT)].flatMap((found) => namesOf(file, found))),
    mounts: [...text.matchAll(MOUNT)].map(([, , path = '', name = '']) => ({ path, name })),
  }
}

function unitAt(file: string, lines: readonly string[], said: string, index: number): readonly Unit[] {
  const [, method, , path = ''] = ROUTE.exec(said) ?? []
  const name = NAMED.map((pattern) => pattern.exec(said)?.[1]).find((found) => found !== undefined)
  if (method === undefined && (name === undefined || KEYWORD.test(name))) return []
  const of = { file, line: index + 1, text: bodyFrom(lines, index) }
  return [
    method === undefined
      ? { ...of, name: name ?? '', route: null }
      : { ...of, name: '', route: { method: method.toUpperCase(), path } },
  ]
}

/** A line with the comment before it, all that is further in than it, and the line that closes it. */
function bodyFrom(lines: readonly string[], index: number): string {
  const inset = (line = '') => line.length - line.trimStart().length
  const own = inset(lines[index])
  let [from, end] = [index, index + 1]
  while (/^\s*(?:\/\*\*|\*|\/\/)/.test(lines[from - 1] ?? '')) from -= 1
  while (end < lines.length && (lines[end]?.trim() === '' || inset(lines[end]) > own)) end += 1
  if (/^\s*[)}\]]/.test(lines[end] ?? '')) end += 1
  return lines.slice(from, end).join('\n').slice(0, UNIT_LENGTH)
}

function namesOf(file: string, [, names = '', from = '']: RegExpExecArray): readonly [string, string][] {
  const target = beside(file, from)
  if (target === null) return []
  return names.split(',').flatMap((one): [string, string][] => {
    const name =
      one
        .replace(/\btype\b/, '')
        .split(' as ')
        .at(-1)
        ?.trim() ?? ''
    return name === '' ? [] : [[name, target]]
  })
}

/** Path of what a source imports; null where it leads out of the sources. */
function beside(file: string, from: string): string | null {
  const parts = file.split('/').slice(0, -1)
  for (const part of from.split('/')) {
    if (part === '..' && parts.pop() === undefined) return null
    if (part !== '..' && part !== '.') parts.push(part)
  }
  return parts.join('/')
}
