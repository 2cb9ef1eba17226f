import type { X509Certificate } from 'node:crypto'
import { carriesKey } from '../../kit/certificates.ts'
import { XroadError } from './errors.ts'
import { parseCall, parseClient } from './identifiers.ts'
import type { Peer } from './peers.ts'
import { answerRequest } from './provider.ts'
import { readHead } from './rest-message.ts'
import type { SecurityServer } from './security-server.ts'
import { checkSignature, signMessage } from './signature.ts'
import { logged } from './transaction.ts'
import { pack, type SignedMessage, unpack } from './transport.ts'

/** A message from the security server of another instance, with the certificate that it showed. Gives the answer, signed. Throws XroadError. */
export async function servePeer(
  server: SecurityServer,
  certificate: X509Certificate | undefined,
  content: { readonly type: string; readonly body: Buffer },
): Promise<Response> {
  const peer = authenticatePeer(server.peers, certificate)
  const request = openRequest(peer, content)
  const { first, headers } = readHead(request.message.head)
  const [method = '', url = ''] = first.split(' ')
  // A peer speaks for the members of its own instance alone.
  const client = parseClient(String(headers['x-road-client'] ?? ''), peer.instance)
  const call = parseCall(url)
  if (call.provider.instance !== server.instance) {
    throw new XroadError('Server.ServerProxy.UnknownMember', 'The provider is not of this instance')
  }
  await server.log.add(logged(request, { client, call, headers, response: false }))
  const message = await answerRequest({ client, call, method, headers, message: request.message })
  const answer = { message, signature: signMessage(message, server.signer) }
  await server.log.add(logged(answer, { client, call, headers, response: true }))
  const { type, body } = pack('response', answer)
  return new Response(new Uint8Array(body), { headers: { 'content-type': type } })
}

/** The peer whose registered key the connection proved to hold. */
function authenticatePeer(peers: readonly Peer[], certificate: X509Certificate | undefined): Peer {
  const peer = peers.find(({ authKey }) => certificate && carriesKey(certificate, authKey))
  if (!peer) {
    throw new XroadError(
      'Server.ServerProxy.SslAuthenticationFailed',
      'The TLS certificate is of no security server that is registered',
    )
  }
  return peer
}

function openRequest(peer: Peer, { type, body }: { type: string; body: Buffer }): SignedMessage {
  let request: SignedMessage
  try {
    request = unpack('request', type, body)
  } catch (error) {
    throw new XroadError('Client.BadRequest', `The message can not be read: ${String(error)}`, 400)
  }
  try {
    checkSignature(request.message, request.signature, peer.signKey)
  } catch (error) {
    throw new XroadError('Server.ServerProxy.InvalidSignature', `The request is not valid: ${String(error)}`)
  }
  return request
}
