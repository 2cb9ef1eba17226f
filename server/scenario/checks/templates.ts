import type { Path } from '../diagnostics/read.ts'

/** Templates of infra/README.md: `{{name | filter}}`. */
const PERSON = [
  'code',
  'name',
  'given',
  'family',
  'birth',
  'phone',
  'address',
  'iban',
  'income',
  'employer',
  'mynumber',
]
const PEOPLE = [
  ...['citizen', 'citizen2', 'official', 'doctor', 'parent', 'child', 'teacher', 'resident'],
  ...['pupil', 'guardian', 'classteacher', 'otherteacher'],
]
/** What the probe draws anew for each run. */
const RANDOM = ['uuid', 'int', 'hex', 'name', 'text', 'iban', 'email']
const PROBE = [
  'canary',
  'now',
  'probe.address',
  ...PEOPLE.flatMap((person) => PERSON.map((field) => `${person}.${field}`)),
  ...RANDOM.map((kind) => `random.${kind}`),
]
const EVERYWHERE = ['team', 'seed']
const FILTERS = ['url', 'base64', 'base64url', 'sha256', 'json', 'upper', 'lower', 'trim']
const TEMPLATE = /\{\{(.*?)\}\}/gs
const SECRET = 'secret:'
const NAMED = /^(secret|private-key|public-key):[a-z0-9][a-z0-9-]*$/
const MEMORY = 'memory.'

/** What templates of a step may name beyond the fixed words. */
export interface Scope {
  readonly captured: ReadonlySet<string>
  readonly remembered: ReadonlySet<string>
  /** Names of the secrets that services have. A step's own secret would be nobody's. */
  readonly secrets: ReadonlySet<string>
  /** What exploits of planted weaknesses carry off: `loot.tax/key-served.key`. */
  readonly loot: ReadonlySet<string>
}

/** Scope of a service's `env`, which makes secrets and keys and knows nothing of a run. */
export const ENV = 'env'

export interface BadTemplate {
  readonly written: string
  readonly what: 'name' | 'filter' | 'unclosed'
  readonly candidates: readonly string[]
}

/** Everything in a string that looks like a template and is none. */
export function badTemplates(text: string, scope: Scope | typeof ENV): readonly BadTemplate[] {
  const found: BadTemplate[] = []
  for (const [, inside = ''] of text.matchAll(TEMPLATE)) {
    const [written = '', ...filters] = inside.split('|').map((part) => part.trim())
    const candidates = [
      ...EVERYWHERE,
      ...namedLike(written, scope),
      ...(scope === ENV ? ['services'] : probeNames(scope)),
    ]
    if (!candidates.includes(written) || (written.includes(':') && !NAMED.test(written)))
      found.push({ written, what: 'name', candidates })
    const known = scope === ENV ? [] : FILTERS
    for (const filter of filters)
      if (!known.includes(filter)) found.push({ written: filter, what: 'filter', candidates: known })
  }
  const rest = text.replaceAll(TEMPLATE, '')
  const open = rest.indexOf('{{')
  if (open >= 0) found.push({ written: rest.slice(open, open + 30), what: 'unclosed', candidates: [] })
  return found
}

/** The names of all secrets in a text. */
export const secretsIn = (text: string): readonly string[] =>
  [...text.matchAll(TEMPLATE)].flatMap(([, inside = '']) =>
    inside.trim().startsWith(SECRET) ? [inside.trim().slice(SECRET.length)] : [],
  )

/** Keys by the name that was written, for a step may hold a key that nobody knows; secrets in a step are those that are. */
function namedLike(written: string, scope: Scope | typeof ENV): readonly string[] {
  const name = written.includes(':') ? written.slice(written.indexOf(':') + 1) : 'NAME'
  const secrets = scope === ENV ? [name] : [...scope.secrets]
  return [`private-key:${name}`, `public-key:${name}`, ...secrets.map((secret) => SECRET + secret)]
}

const probeNames = ({ captured, remembered, loot }: Scope): readonly string[] => [
  ...PROBE,
  ...loot,
  ...captured,
  ...[...remembered].map((name) => MEMORY + name),
]

/** Ids of the weaknesses whose loot is named anywhere in a value. */
export const lootNamed = (value: unknown): readonly string[] => [
  ...new Set(
    [...strings(value)].flatMap(({ text }) =>
      [...text.matchAll(/\{\{\s*loot\.([\w-]+\/[\w-]+)\./g)].map(([, id = '']) => id),
    ),
  ),
]

/** Every string inside a value (keys of maps too, marked so), with its path. */
export function* strings(
  value: unknown,
  path: Path = [],
): Generator<{ path: Path; text: string; key: boolean }> {
  if (typeof value === 'string') yield { path, text: value, key: false }
  if (typeof value !== 'object' || value === null) return
  for (const [name, child] of Object.entries(value)) {
    const inner = [...path, Array.isArray(value) ? Number(name) : name]
    if (!Array.isArray(value)) yield { path: inner, text: name, key: true }
    yield* strings(child, inner)
  }
}
