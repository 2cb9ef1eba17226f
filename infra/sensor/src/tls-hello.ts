import { latin1, shown, u8, u16 } from './bytes.ts'

export interface ClientHello {
  /** The server's name as the client gave it; empty where it gave none. */
  readonly name: string
  /** The newest version that it offers. */
  readonly offers: string
  /** Whether all of it was there. */
  readonly whole: boolean
}

const HANDSHAKE = 22
const ALERT = 21
const CLIENT_HELLO = 1
const SERVER_HELLO = 2
const SERVER_NAME = 0
const SUPPORTED_VERSIONS = 43
const NAME_LENGTH = 120
export const HELLO_LENGTH = 4_096

const VERSIONS = new Map([
  [0x0300, 'SSL3.0'],
  [0x0301, '1.0'],
  [0x0302, '1.1'],
  [0x0303, '1.2'],
  [0x0304, '1.3'],
])
const versionText = (version: number | null): string => VERSIONS.get(version ?? -1) ?? 'unknown'

/** Whether bytes begin as a TLS client's first message does. */
export const startsHello = (bytes: Uint8Array): boolean =>
  u8(bytes, 0) === HANDSHAKE && u8(bytes, 1) === 3 && u8(bytes, 5) === CLIENT_HELLO

/** Reads as much as is there of the first message of a client. Null: it is none. */
export function readClientHello(bytes: Uint8Array): ClientHello | null {
  if (!startsHello(bytes)) return null
  const hello = handshakeOf(bytes)
  const legacy = u16(hello, 4)
  let name = ''
  let newest: number | null = legacy
  // Type and length, version, random; then three lists, each with its length before it.
  let at = 4 + 2 + 32
  at += 1 + (u8(hello, at) ?? hello.length)
  at += 2 + (u16(hello, at) ?? hello.length)
  at += 1 + (u8(hello, at) ?? hello.length)
  const whole = eachExtension(hello, at, (type, body) => {
    if (type === SERVER_NAME && u8(body, 2) === 0) {
      const length = u16(body, 3) ?? 0
      name = shown(latin1(body, 5, 5 + length), NAME_LENGTH)
    }
    if (type === SUPPORTED_VERSIONS)
      for (let n = 1; n + 1 < body.length; n += 2) {
        const offered = u16(body, n) ?? 0
        // Clients put in versions that there are none of, so that servers learn to pass over them.
        if (VERSIONS.has(offered) && offered > (newest ?? 0)) newest = offered
      }
  })
  return { name, offers: versionText(newest), whole }
}

/** What a server answers: the version that it chose, `alert` where it refuses. Null: neither. */
export function readServerHello(bytes: Uint8Array): string | null {
  if (u8(bytes, 1) !== 3) return null
  if (u8(bytes, 0) === ALERT) return 'alert'
  if (u8(bytes, 0) !== HANDSHAKE || u8(bytes, 5) !== SERVER_HELLO) return null
  const hello = handshakeOf(bytes)
  let version = u16(hello, 4)
  let at = 4 + 2 + 32
  at += 1 + (u8(hello, at) ?? hello.length)
  // The chosen cipher, and no compression.
  at += 3
  eachExtension(hello, at, (type, body) => {
    if (type === SUPPORTED_VERSIONS) version = u16(body, 0) ?? version
  })
  return versionText(version)
}

/** Without the head of the record. One that is spread over several records is read as far as the first goes. */
const handshakeOf = (bytes: Uint8Array): Uint8Array => bytes.subarray(5, 5 + (u16(bytes, 3) ?? 0))

/** Calls for each extension that is there as a whole; false when some are not. */
function eachExtension(
  hello: Uint8Array,
  start: number,
  call: (type: number, body: Uint8Array) => void,
): boolean {
  const length = u16(hello, start)
  if (length === null) return start === hello.length
  const end = start + 2 + length
  let at = start + 2
  while (at + 4 <= end) {
    const [type, size] = [u16(hello, at), u16(hello, at + 2)]
    if (type === null || size === null || at + 4 + size > hello.length) return false
    call(type, hello.subarray(at + 4, at + 4 + size))
    at += 4 + size
  }
  return true
}
