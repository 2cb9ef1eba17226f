import { createPublicKey, type KeyObject } from 'node:crypto'
import type { Agent } from 'node:https'
import type { Identity } from '../../kit/certificates.ts'
import { type HttpReply, httpRequest } from '../../kit/http-request.ts'
import { INSTANCES, type Instance, SECURITY_SERVERS } from '../../kit/members.ts'
import { pem } from '../../kit/secrets.ts'
import { pinnedAgent } from '../../kit/xroad-client.ts'
import { XroadError } from './errors.ts'
import { messageHash, readHead } from './rest-message.ts'
import { checkSignature } from './signature.ts'
import { PEER_PORT, pack, type SignedMessage, unpack } from './transport.ts'

/** The security server of a federated instance, known by its keys. */
export interface Peer {
  readonly instance: Instance
  readonly url: string
  /** Of its TLS certificate: SPKI PEM, base64 on one line. */
  readonly authKey: string
  readonly signKey: KeyObject
  readonly agent: Agent
}

/** The peers that the environment names: PEER_AUTH_KEY_... and PEER_SIGN_KEY_... for each instance. `identity` is for TLS. */
export function openPeers(identity: Identity, env: NodeJS.ProcessEnv): readonly Peer[] {
  return INSTANCES.flatMap((instance) => {
    const authKey = env[`PEER_AUTH_KEY_${instance}`]
    const signKey = env[`PEER_SIGN_KEY_${instance}`]
    if (!authKey || !signKey) return []
    return {
      instance,
      url: `https://${SECURITY_SERVERS[instance]}:${PEER_PORT}/`,
      authKey,
      signKey: createPublicKey(pem(signKey)),
      agent: pinnedAgent(identity, authKey),
    }
  })
}

/** Sends a request to the security server of its provider. The answer is checked. Throws XroadError: its own, or the peer's. */
export async function forward(peer: Peer | undefined, request: SignedMessage): Promise<SignedMessage> {
  if (!peer)
    throw new XroadError('Server.ClientProxy.NetworkError', 'No security server of that instance is known')
  const reply = await send(peer, request)
  const error = reply.headers['x-road-error']
  if (typeof error === 'string') throw passedError(error, reply)
  try {
    const answer = unpack('response', reply.headers['content-type'] ?? '', reply.body)
    checkSignature(answer.message, answer.signature, peer.signKey)
    const { headers } = readHead(answer.message.head)
    if (headers['x-road-request-hash'] !== messageHash(request.message))
      throw new Error('it answers another request')
    return answer
  } catch (fault) {
    throw new XroadError('Server.ClientProxy.InvalidSignature', `The response is not valid: ${String(fault)}`)
  }
}

async function send(peer: Peer, request: SignedMessage): Promise<HttpReply> {
  const { type, body } = pack('request', request)
  const headers = { 'content-type': type, 'content-length': body.length }
  try {
    return await httpRequest({
      url: peer.url,
      method: 'POST',
      headers,
      body,
      agent: peer.agent,
      timeoutMs: 9000,
    })
  } catch (fault) {
    throw new XroadError(
      'Server.ClientProxy.NetworkError',
      `Could not connect to ${peer.url}: ${String(fault)}`,
    )
  }
}

function passedError(type: string, reply: HttpReply): XroadError {
  let message = 'The other security server gives no reason'
  try {
    const body: unknown = JSON.parse(reply.body.toString('utf8'))
    if (typeof body === 'object' && body !== null && 'message' in body) message = String(body.message)
  } catch {
    // Its type is enough.
  }
  return new XroadError(type, message, reply.status === 400 ? 400 : 500)
}
