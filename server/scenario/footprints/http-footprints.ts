import { drawn, namesSomebody } from './drawn.ts'

/** A request as an author writes it: the short form, or its parts. */
export interface Authored {
  readonly method: string
  readonly url: string
  readonly request: unknown
}

/** Requests by which somebody gets in: who they are is no record of theirs. */
const GETS_IN = /log-?in|sign-?in|session|token|auth|password|sso/i
const CALLS = /^(user|username|login|account|handle|email)$/i

const BODIES = ['form', 'json', 'text', 'file', 'query'] as const

export function authoredRequest(written: unknown): Authored | null {
  if (typeof written === 'string') {
    const [method = '', url = ''] = written.split(' ')
    return { method, url, request: {} }
  }
  const url = get(written, 'url')
  const method = get(written, 'method') ?? 'GET'
  return typeof url === 'string' && typeof method === 'string' ? { method, url, request: written } : null
}

/** The machine that a request goes to, whose cookies it brings. */
export const hostOf = ({ url }: Authored): string => /^https?:\/\/([^/:?#]+)/.exec(url)?.[1] ?? url

/** Whether a request says who sends it: then the session is theirs, and what it changes as well. */
export const tellsWho = ({ url, request }: Authored): boolean =>
  [url, ...textsOf(request, [...BODIES, 'headers'])].some(drawn)

/** What a request changes that is the same in every run; `known`: who sends it has said before who they are. Pure. */
export function httpFootprints({ method, url, request }: Authored, known: boolean): readonly string[] {
  const path = url.replace(/^https?:\/\//, '')
  if (drawn(url) || url === '') return []
  if (method === 'PUT' || method === 'PATCH' || method === 'DELETE') {
    const about = textsOf(request, [...BODIES, 'headers']).some(namesSomebody)
    return known || about ? [] : [`${method} ${path}`]
  }
  if (method !== 'POST' || GETS_IN.test(path)) return []
  const called = (['form', 'json'] as const).flatMap((body) =>
    Object.entries(fieldsOf(get(request, body))).flatMap(([key, value]) =>
      CALLS.test(key) && typeof value === 'string' && value !== '' && !drawn(value) ? [value] : [],
    ),
  )
  const file = get(get(request, 'file'), 'name')
  const laid = typeof file === 'string' && !drawn(file) && !known ? [`${path} ${file}`] : []
  return [...called.map((name) => `${path} ${name}`), ...laid]
}

const get = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined

const fieldsOf = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {})

const textsOf = (request: unknown, keys: readonly string[]): readonly string[] =>
  keys.flatMap((key) => {
    const value = get(request, key)
    return value === undefined ? [] : [JSON.stringify(value)]
  })
