import type { ClientMetadata } from 'oidc-provider'
import { environment } from '../../kit/secrets.ts'

/** Services that people may log in to. Each secret is known to that service alone; a redirect address must match exactly. */
export function registeredClients(): ClientMetadata[] {
  return [
    {
      client_id: 'portal',
      client_name: 'State portal',
      client_secret: environment('OIDC_PORTAL'),
      redirect_uris: ['http://portal/login/callback'],
    },
    {
      client_id: 'stateapp',
      client_name: 'State app',
      client_secret: environment('OIDC_STATEAPP'),
      redirect_uris: ['http://portal/app/callback'],
    },
    {
      client_id: 'tax',
      client_name: 'Tax and Customs Board',
      client_secret: environment('OIDC_TAX'),
      redirect_uris: ['http://tax/login/callback'],
    },
    {
      client_id: 'citylibrary',
      client_name: 'Rannalinn Library',
      client_secret: environment('OIDC_LIBRARY'),
      redirect_uris: ['http://library/login/callback'],
    },
  ]
}
