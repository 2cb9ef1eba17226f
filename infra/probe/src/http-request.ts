import { randomBytes } from 'node:crypto'
import { BROWSERS } from './browsers.ts'
import type { Target } from './http-target.ts'
import type { HttpRequest } from './steps.ts'

export interface Content {
  readonly body: string
  readonly type: string
}

/** Body of a request with its type; null when it has none. */
export function contentOf(request: HttpRequest): Content | null {
  if (request.form)
    return {
      body: new URLSearchParams(request.form).toString(),
      type: 'application/x-www-form-urlencoded',
    }
  if (request.json !== undefined) return { body: JSON.stringify(request.json), type: 'application/json' }
  if (request.text !== undefined) return { body: request.text, type: 'text/plain; charset=utf-8' }
  if (!request.file) return null
  const { field, name, type, content } = request.file
  const boundary = `----geckoformboundary${randomBytes(16).toString('hex')}`
  const quoted = (text: string) => text.replace(/["\r\n]/g, encodeURIComponent)
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(field)}"; filename="${quoted(name)}"\r\nContent-Type: ${type}\r\n\r\n`
  return {
    body: `${head}${content}\r\n--${boundary}--\r\n`,
    type: `multipart/form-data; boundary=${boundary}`,
  }
}

/** Header values are bytes: UTF-8 goes out as it is, line breaks never do. */
const headerText = (value: string) => Buffer.from(value.replace(/[\r\n\0]/g, ' '), 'utf8').toString('latin1')

/** Header lines as a browser would send them, name and value in turn; those that the author names win. */
export function headersOf(
  request: HttpRequest,
  to: { readonly target: Target; readonly method: string; readonly content: Content | null },
  from: { readonly choice: number; readonly cookie: string },
): string[] {
  const { target, method, content } = to
  const browser = {
    ...BROWSERS[Math.floor(from.choice * BROWSERS.length)],
    ...(request.json !== undefined && { Accept: 'application/json, text/plain, */*' }),
  }
  const own = Object.entries(request.headers ?? {})
  const named = new Set(own.map(([name]) => name.toLowerCase()))
  const sends = method !== 'GET' && method !== 'HEAD'
  // A form is sent from a page; a call that carries its own authorization comes from a program, which has no origin.
  const fromPage = (request.form || request.file) && content && !named.has('authorization')
  const size = content ? Buffer.byteLength(content.body) : sends ? 0 : undefined
  const lines: [string, string][] = [
    ['Host', target.host],
    ...Object.entries(browser),
    ...optional('Origin', fromPage ? `${target.protocol}//${target.host}` : undefined),
    ...optional('Cookie', from.cookie || undefined),
    ...optional('Content-Type', content?.type),
    ...optional('Content-Length', named.has('transfer-encoding') ? undefined : size),
  ]
  return [
    ...lines.filter(([name]) => !named.has(name.toLowerCase())),
    ...own.map(([name, value]) => [name, headerText(value)]),
  ].flat()
}

const optional = (name: string, value: string | number | undefined): [string, string][] =>
  value === undefined ? [] : [[name, String(value)]]
