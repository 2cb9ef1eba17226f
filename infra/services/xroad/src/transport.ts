import { readMultipart, writeMultipart } from './multipart.ts'
import type { RestMessage } from './rest-message.ts'

/** A message as security servers send it to each other: with the signature of the one that sends it. */
export interface SignedMessage {
  readonly message: RestMessage
  readonly signature: string
}

const BODY = 'application/x-road-rest-body'
const SIGNATURE = 'signature/bdoc-1.0/ts'

/** Port on which security servers listen to each other. */
export const PEER_PORT = 5500

/** multipart/mixed with the head, the body where there is one, and the signature, as the X-Road Message Transport Protocol has them. */
export function pack(kind: 'request' | 'response', { message, signature }: SignedMessage) {
  const body = message.body.length > 0 ? [{ type: BODY, content: message.body }] : []
  return writeMultipart([
    { type: `application/x-road-rest-${kind}`, content: Buffer.from(message.head) },
    ...body,
    { type: SIGNATURE, content: Buffer.from(signature) },
  ])
}

/** Throws when it is no such message. */
export function unpack(kind: 'request' | 'response', type: string, content: Buffer): SignedMessage {
  const [head, ...others] = readMultipart(type, content)
  const signature = others.at(-1)
  const body = others.length > 1 ? others[0] : undefined
  if (head?.type !== `application/x-road-rest-${kind}` || signature?.type !== SIGNATURE || others.length > 2)
    throw new Error(`this is no signed ${kind}`)
  if (body && body.type !== BODY) throw new Error(`${body.type} is no body of a message`)
  return {
    message: { head: head.content.toString('utf8'), body: body?.content ?? Buffer.alloc(0) },
    signature: signature.content.toString('utf8'),
  }
}
