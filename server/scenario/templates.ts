import type { Path } from './read.ts'

/** Templates of infra/README.md: `{{name | filter}}`. */
const PERSON = ['code', 'name', 'given', 'family', 'birth', 'phone', 'address', 'iban', 'income', 'employer']
const PEOPLE = ['citizen', 'citizen2', 'official', 'doctor', 'parent', 'child']
const RANDOM = ['uuid', 'int', 'hex', 'name', 'text', 'iban', 'email']
const PROBE = [
  'canary',
  'now',
  ...PEOPLE.flatMap((person) => PERSON.map((field) => `${person}.${field}`)),
  ...RANDOM.map((kind) => `random.${kind}`),
]
const EVERYWHERE = ['team', 'seed']
const FILTERS = ['url', 'base64', 'base64url', 'sha256', 'json', 'upper', 'lower', 'trim']
const KINDS = ['secret', 'private-key', 'public-key']
const NAMED = /^(secret|private-key|public-key):[a-z0-9][a-z0-9-]*$/
const MEMORY = 'memory.'

/** What templates may name beyond the fixed words. `probe` is false in `env`, where only keys and secrets are known. */
export interface Scope {
  readonly probe: boolean
  readonly captured: ReadonlySet<string>
  readonly remembered: ReadonlySet<string>
}

export interface BadTemplate {
  readonly written: string
  readonly what: 'name' | 'filter' | 'unclosed'
  readonly candidates: readonly string[]
}

/** Everything in a string that looks like a template and is none. */
export function badTemplates(text: string, scope: Scope): readonly BadTemplate[] {
  const found: BadTemplate[] = []
  for (const [, inside = ''] of text.matchAll(/\{\{(.*?)\}\}/gs)) {
    const [written = '', ...filters] = inside.split('|').map((part) => part.trim())
    const candidates = [...EVERYWHERE, ...namedLike(written), ...(scope.probe ? probeNames(scope) : [])]
    if (!NAMED.test(written) && (written.includes(':') || !candidates.includes(written)))
      found.push({ written, what: 'name', candidates })
    for (const filter of filters)
      if (!scope.probe || !FILTERS.includes(filter))
        found.push({ written: filter, what: 'filter', candidates: scope.probe ? FILTERS : [] })
  }
  const rest = text.replaceAll(/\{\{.*?\}\}/gs, '')
  if (rest.includes('{{'))
    found.push({
      written: rest.slice(rest.indexOf('{{'), rest.indexOf('{{') + 30),
      what: 'unclosed',
      candidates: [],
    })
  return found
}

/** `secret:x` and so on, with the name that was written. */
function namedLike(written: string): readonly string[] {
  const name = written.includes(':') ? written.slice(written.indexOf(':') + 1) : 'NAME'
  return KINDS.map((kind) => `${kind}:${name}`)
}

const probeNames = ({ captured, remembered }: Scope): readonly string[] => [
  ...PROBE,
  ...captured,
  ...[...remembered].map((name) => MEMORY + name),
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
