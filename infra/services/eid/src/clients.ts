import type { ClientMetadata } from 'oidc-provider'
import { JOINED } from '../../kit/members.ts'
import { environment } from '../../kit/secrets.ts'

/** A service that people log in to. Its secret is known to it alone (OIDC_... in the environment); the redirect address must match exactly. */
const relyingParty = (id: string, name: string, address = `http://${id}/login/callback`): ClientMetadata => ({
  client_id: id,
  client_name: name,
  client_secret: environment(`OIDC_${id.toUpperCase()}`),
  redirect_uris: [address],
})

/** Services from elsewhere, as they joined: OIDC_JOINED is `ferry=secret other=secret`. They are called as they are on X-Road. */
const joined = (list = process.env.OIDC_JOINED ?? ''): ClientMetadata[] =>
  list
    .split(' ')
    .map((entry) => entry.split('='))
    .flatMap(([id, secret]) =>
      id && secret
        ? {
            client_id: id,
            client_name: JOINED[id]?.name.en ?? id,
            client_secret: secret,
            redirect_uris: [`http://${id}/login/callback`],
          }
        : [],
    )

export function registeredClients(): ClientMetadata[] {
  return [
    ...joined(),
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
