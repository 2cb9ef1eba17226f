import type { X509Certificate } from 'node:crypto'
import { carriesKey } from '../../kit/certificates.ts'
import { environment } from '../../kit/secrets.ts'
import { XroadError } from './errors.ts'
import { subsystemId } from './identifiers.ts'
import type { Subsystem } from './members.ts'

/**
 * Makes sure that a request which names `client` in X-Road-Client comes from that client's information system: the TLS
 * connection must have shown the key registered for it (CLIENT_KEY_... in the environment). Throws XroadError.
 */
export function authenticateClient(client: Subsystem, certificate: X509Certificate | undefined): void {
  const name = `SUBSYSTEM:${subsystemId(client)}`
  if (!certificate) {
    throw new XroadError(
      'Server.ClientProxy.SslAuthenticationFailed',
      `Client (${name}) specifies HTTPS but did not supply TLS certificate`,
    )
  }
  if (!carriesKey(certificate, environment(`CLIENT_KEY_${client.subsystemCode.toUpperCase()}`))) {
    throw new XroadError(
      'Server.ClientProxy.SslAuthenticationFailed',
      `Client (${name}) TLS certificate does not match any of the certificates registered for it`,
    )
  }
}
