import type { ClientMetadata } from 'oidc-provider'
import { environment } from '../../kit/secrets.ts'

/** A service that people log in to. Its secret is known to it alone (OIDC_... in the environment); the redirect address must match exactly. */
const relyingParty = (id: string, name: string, address = `http://${id}/login/callback`): ClientMetadata => ({
  client_id: id,
  client_name: name,
  client_secret: environment(`OIDC_${id.toUpperCase()}`),
  redirect_uris: [address],
})

export function registeredClients(): ClientMetadata[] {
  return [
    relyingParty('portal', 'State portal'),
    relyingParty('stateapp', 'State app', 'http://portal/app/callback'),
    relyingParty('tax', 'Tax and Customs Board'),
    relyingParty('health', 'Health information system'),
    relyingParty('school', 'School information system'),
    relyingParty('vote', 'State Electoral Office'),
    relyingParty('sign', 'Signing service'),
    relyingParty('wallet', 'Identity wallet issuer'),
    relyingParty('mynumber', 'My Number portal'),
    relyingParty('assistant', 'State assistant'),
    relyingParty('tracker', 'Data Tracker'),
    relyingParty('citylibrary', 'Rannalinn Library', 'http://library/login/callback'),
  ]
}
