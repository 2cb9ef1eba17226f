import {
  HEAD_LENGTH,
  headEnd,
  type RequestHead,
  readRequest,
  readStatus,
  startsRequest,
} from './http-head.ts'
import type { Packet } from './packet.ts'
import { addToHead, freshOf, NOTHING, newStream, type Stream } from './stream.ts'
import { type ClientHello, HELLO_LENGTH, readClientHello, readServerHello, startsHello } from './tls-hello.ts'

export type Heard =
  | {
      readonly kind: 'http'
      readonly request: RequestHead
      /** Null: no answer was heard. */
      readonly status: number | null
      readonly ms: number
    }
  | {
      readonly kind: 'tls'
      readonly hello: ClientHello
      /** The version that both speak, `alert`, or null: no answer was heard. */
      readonly answer: string | null
    }

/** What is said within one TCP connection, as far as it is HTTP in the open or the beginning of TLS. */
export interface Talk {
  readonly client: Stream
  readonly server: Stream
  speaks: 'unknown' | 'http' | 'tls' | 'other'
  /** Packets of the client with something in them that said nothing known. */
  silent: number
  hello: ClientHello | null
  /** Requests without an answer, oldest first. */
  asked: { readonly request: RequestHead; readonly atMs: number }[]
}

export const newTalk = (): Talk => ({
  client: newStream(),
  server: newStream(),
  speaks: 'unknown',
  silent: 0,
  hello: null,
  asked: [],
})

/** Requests that are sent before the first is answered. */
const MOST_ASKED = 2
/** Some protocols say a word before TLS begins. */
const TRIES = 3
const CONTINUE = 199

/** Hears one packet; returns what it completes. */
export function hear(talk: Talk, packet: Packet, fromClient: boolean, atMs: number): readonly Heard[] {
  const data = freshOf(fromClient ? talk.client : talk.server, packet)
  if (data.length === 0 || talk.speaks === 'other') return []
  if (fromClient) return ofClient(talk, packet, data, atMs)
  if (talk.speaks === 'tls' && talk.hello) return answered(talk, readServerHello(data))
  if (talk.speaks === 'http') return status(talk, readStatus(data), atMs)
  return []
}

/** What never got its answer, at the end. */
export function unanswered(talk: Talk, atMs: number): readonly Heard[] {
  const left = talk.asked.map(
    ({ request, atMs: askedMs }): Heard => ({ kind: 'http', request, status: null, ms: atMs - askedMs }),
  )
  const hello = talk.hello
  talk.asked = []
  talk.hello = null
  return hello ? [...left, { kind: 'tls', hello, answer: null }] : left
}

function ofClient(talk: Talk, packet: Packet, data: Uint8Array, atMs: number): readonly Heard[] {
  const stream = talk.client
  const waiting = stream.head.length > 0
  if (!waiting && startsHello(data) && talk.speaks !== 'http') talk.speaks = 'tls'
  if (!waiting && startsRequest(data) && talk.speaks !== 'tls') talk.speaks = 'http'
  if (talk.speaks === 'unknown' && ++talk.silent >= TRIES) talk.speaks = 'other'
  // Where the recording keeps only the beginning of a packet, no more of the head comes.
  const cut = packet.data.length < packet.bytes
  if (talk.speaks === 'tls') {
    const bytes = addToHead(stream, data, HELLO_LENGTH)
    const hello = readClientHello(bytes)
    const wait = hello !== null && !hello.whole && !cut && bytes.length < HELLO_LENGTH
    stream.head = wait ? bytes.slice() : NOTHING
    if (hello) talk.hello = hello
    return []
  }
  if (talk.speaks !== 'http') return []
  if (!waiting && !startsRequest(data)) return []
  const bytes = addToHead(stream, data, HEAD_LENGTH)
  const end = headEnd(bytes)
  if (end === null && !cut && bytes.length < HEAD_LENGTH) {
    stream.head = bytes.slice()
    return []
  }
  const before = stream.head.length
  stream.head = NOTHING
  const request = readRequest(bytes)
  if (!request) return []
  const body = request.bodyBytes ?? 0
  if (end !== null && body > 0) {
    const dataStart = packet.seq + packet.data.length - data.length
    stream.bodyEnd = (dataStart + (end - before) + body) >>> 0
  }
  talk.asked.push({ request, atMs })
  return talk.asked.length > MOST_ASKED ? status(talk, null, atMs) : []
}

function answered(talk: Talk, answer: string | null): readonly Heard[] {
  if (answer === null || !talk.hello) return []
  const hello = talk.hello
  talk.hello = null
  // All else is ciphertext.
  talk.speaks = 'other'
  return [{ kind: 'tls', hello, answer }]
}

function status(talk: Talk, code: number | null, atMs: number): readonly Heard[] {
  const full = talk.asked.length > MOST_ASKED
  if (!full && (code === null || (code >= 100 && code <= CONTINUE && code !== 101))) return []
  const first = talk.asked.shift()
  return first ? [{ kind: 'http', request: first.request, status: code, ms: atMs - first.atMs }] : []
}
