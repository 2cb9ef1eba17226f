import type { Text } from '../../kit/html.ts'
import { environment, sameSecret } from '../../kit/secrets.ts'

/** What can be fetched about a person. */
export const ITEMS = ['basic-four', 'income-certificate'] as const
export type Item = (typeof ITEMS)[number]
export const isItem = (value: unknown): value is Item => ITEMS.some((item) => item === value)

/** A web service that may ask people for their information, as the Digital Agency registered it. */
export interface Client {
  readonly id: string
  readonly name: Text
  readonly redirectUri: string
  readonly items: readonly Item[]
}

export const CLIENTS: readonly Client[] = [
  {
    id: 'kaede',
    name: { en: 'Kaede Bank', et: 'Kaede pank', ja: 'かえで銀行' },
    redirectUri: 'http://kaede/callback',
    items: ITEMS,
  },
]

export const findClient = (id: unknown): Client | undefined => CLIENTS.find((client) => client.id === id)

/** The client that an Authorization header proves (Basic, RFC 6749 2.3.1); null when it proves none. */
export function authenticatedClient(header: string | undefined): Client | null {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(header ?? '')?.[1]
  if (!encoded) return null
  const [id = '', secret = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(':').map(decoded)
  const client = findClient(id)
  return client && sameSecret(secret, environment(`CLIENT_${client.id.toUpperCase()}`)) ? client : null
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return ''
  }
}
