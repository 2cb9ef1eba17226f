/** What a team can see of a request before its content: who it comes from, and how it is made. */
export interface Seen {
  /** When, ms since 1970. */
  readonly at: number
  readonly service: string
  readonly from: string
  readonly method: string
  readonly path: string
  /** Names and values in turn, as they came. */
  readonly headers: readonly string[]
}

export const RECORD = '/srv/seen.jsonl'

/** A module that a service loads first and that writes down every request. It is what a team would put there. */
export const RECORDER = `import { appendFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
for (const { prototype } of [http.Server, https.Server]) {
  const { emit } = prototype
  prototype.emit = function (event, request) {
    if (event === 'request') {
      const from = String(request.socket.remoteAddress).replace('::ffff:', '')
      const { method, url: path, rawHeaders: headers } = request
      appendFileSync('${RECORD}', JSON.stringify({ at: Date.now(), from, method, path, headers }) + '\\n')
    }
    return emit.apply(this, arguments)
  }
}`

/** Columns of what is known of a request, as numbers. */
export const FEATURES = [
  'address',
  'method',
  'browser',
  'names of headers',
  'number of headers',
  'accept',
  'language',
  'cookie',
  'query',
  'length of the path',
  'parts of the path',
  'first part of the path',
  'service',
  'seconds since the one before',
] as const

/** Numbers for words, the same ones for the same words. */
function numbers() {
  const known = new Map<string, number>()
  return (word: string) => {
    const number = known.get(word) ?? known.size
    known.set(word, number)
    return number
  }
}

export function featuresOf(
  rows: readonly { readonly seen: Seen; readonly before: Seen | undefined }[],
): number[][] {
  const [method, browser, names, accept, language, first, service] = Array.from({ length: 7 }, numbers)
  return rows.map(({ seen, before }) => {
    const header = (name: string) => {
      const at = seen.headers.findIndex((text, n) => n % 2 === 0 && text.toLowerCase() === name)
      return at < 0 ? '' : (seen.headers[at + 1] ?? '')
    }
    const named = seen.headers.filter((_, n) => n % 2 === 0).join()
    const [path = '', query] = seen.path.split('?')
    const parts = path.split('/').filter(Boolean)
    return [
      Number(seen.from.split('.').at(-1)),
      method?.(seen.method) ?? 0,
      browser?.(header('user-agent')) ?? 0,
      names?.(named) ?? 0,
      seen.headers.length / 2,
      accept?.(header('accept')) ?? 0,
      language?.(header('accept-language')) ?? 0,
      header('cookie') === '' ? 0 : 1,
      query === undefined ? 0 : 1,
      path.length,
      parts.length,
      first?.(parts[0] ?? '') ?? 0,
      service?.(seen.service) ?? 0,
      before ? Math.min(60, (seen.at - before.at) / 1_000) : 60,
    ]
  })
}
