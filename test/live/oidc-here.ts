import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type OidcProvider from '../../infra/node_modules/@types/oidc-provider/index.d.ts'

/** Its types are in a package of their own, which is not beside it for us. */
const library: string = '../../infra/node_modules/oidc-provider/lib/index.js'
const { default: Provider } = (await import(library)) as { readonly default: typeof OidcProvider }

export const CLIENT = { id: 'kilp', secret: 'a secret of kilp and its provider, long enough' }

export interface Account {
  readonly name?: string
  readonly preferred_username?: string
  readonly groups?: readonly string[] | string
}

/** An OpenID Connect provider on loopback that logs in whom the test names, without a page. `claims` of an account come from its userinfo endpoint. */
export async function openProvider(accounts: Readonly<Record<string, Account>>) {
  let handle: ReturnType<OidcProvider['callback']> | null = null
  let provider: OidcProvider | null = null
  let account: string | null = null
  const server = createServer((request, response) => {
    if (!handle || !provider) return void response.writeHead(503).end()
    if (!request.url?.startsWith('/interaction/')) return void handle(request, response)
    const result = account
      ? { login: { accountId: account } }
      : { error: 'access_denied', error_description: 'The person said no.' }
    void provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    issuer,
    /** From now on it answers; before, it is down. */
    serve(redirectUri: string) {
      provider = new Provider(issuer, {
        clients: [
          {
            client_id: CLIENT.id,
            client_secret: CLIENT.secret,
            redirect_uris: [redirectUri],
            response_types: ['code'],
            grant_types: ['authorization_code'],
          },
        ],
        scopes: ['openid', 'profile', 'groups'],
        claims: { openid: ['sub'], profile: ['name', 'preferred_username'], groups: ['groups'] },
        pkce: { required: () => true },
        cookies: { keys: ['cookie key of the test'] },
        features: { devInteractions: { enabled: false } },
        interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
        findAccount: (_: unknown, sub: string) => ({
          accountId: sub,
          claims: () => ({ sub, ...accounts[sub] }),
        }),
        loadExistingGrant: async (context: {
          oidc: { client: { clientId: string }; session: { accountId: string } }
        }) => {
          if (!provider) throw new Error('no provider')
          const { client, session } = context.oidc
          const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
          grant.addOIDCScope('openid profile groups')
          await grant.save()
          return grant
        },
      } as ConstructorParameters<typeof Provider>[1])
      handle = provider.callback()
    },
    /** Who logs in from now on; null: they say no. */
    as(name: string | null) {
      account = name
    },
  }
}
