import { latin1, shown } from './bytes.ts'

export interface RequestHead {
  readonly method: string
  readonly host: string
  /** With what it asks for after the `?`, but not the values that open something. */
  readonly path: string
  /** Of what comes after the head; null where the head does not say. */
  readonly bodyBytes: number | null
}

const METHOD = /^(GET|HEAD|POST|PUT|DELETE|OPTIONS|PATCH|TRACE|CONNECT|PROPFIND) /
const REQUEST = /^([A-Z]+) (\S+) HTTP\/1\.[01]\r?\n/
/** A head that was cut off within its first line. */
const CUT_REQUEST = /^([A-Z]+) (\S+)/
const STATUS = /^HTTP\/1\.[01] (\d{3})(?: |\r?\n|$)/
const PARAMETER = /([?&;])([^=&;?]*)=[^&;]+/g
/** Names of values that would open something to whoever reads the log. */
const SECRET =
  /passw|passphrase|pwd|token|secret|session|signature|ticket|jwt|apikey|assertion|credential|saml|(?:^|[_-])(?:code|key|pin|otp|sig|sid|auth|pass|pw)$/i
const HOST_LENGTH = 100
const PATH_LENGTH = 300
export const HEAD_LENGTH = 4_096

/** Whether bytes begin as a request does. */
export const startsRequest = (bytes: Uint8Array): boolean => METHOD.test(latin1(bytes, 0, 12))

/** How long the head is, its empty line included; null where its end is not there. */
export function headEnd(bytes: Uint8Array): number | null {
  const at = latin1(bytes, 0, HEAD_LENGTH).indexOf('\r\n\r\n')
  return at < 0 ? null : at + 4
}

/** Reads as much of a request's head as is there. Cookies, authorization and all other fields but `Host` and `Content-Length` are left where they are. */
export function readRequest(bytes: Uint8Array): RequestHead | null {
  const text = latin1(bytes, 0, headEnd(bytes) ?? HEAD_LENGTH)
  const first = REQUEST.exec(text) ?? (text.includes('\n') ? null : CUT_REQUEST.exec(text))
  if (!first) return null
  const [, method = '', target = ''] = first
  const length = field(text, 'content-length')
  return {
    method: shown(method, 10),
    host: shown(field(text, 'host'), HOST_LENGTH),
    path: pathOf(target),
    bodyBytes: /^\d{1,10}$/.test(length) ? Number(length) : null,
  }
}

/** Null: no head of an answer. */
export function readStatus(bytes: Uint8Array): number | null {
  const found = STATUS.exec(latin1(bytes, 0, 20))
  return found ? Number(found[1]) : null
}

const FIELDS = { host: /\nhost:([^\r\n]*)/i, 'content-length': /\ncontent-length:([^\r\n]*)/i }

function field(text: string, name: keyof typeof FIELDS): string {
  return FIELDS[name].exec(text)?.[1]?.trim() ?? ''
}

function pathOf(target: string): string {
  const own = target.replace(/^[a-z]+:\/\/[^/?#]*/i, '') || '/'
  // Cut before it is searched: whoever sends much else makes work.
  const told = own.slice(0, PATH_LENGTH).replace(PARAMETER, (whole, mark: string, name: string) =>
    // Named as the service will read it.
    SECRET.test(decoded(name)) ? `${mark}${name}=...` : whole,
  )
  return shown(told, PATH_LENGTH)
}

const decoded = (name: string): string =>
  name.replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
