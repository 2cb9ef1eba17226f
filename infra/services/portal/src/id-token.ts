import { createRemoteJWKSet, type JWTVerifyGetKey, jwtVerify } from 'jose'
import type { Person } from '../../kit/relying-party.ts'
import { personalCode } from '../../kit/xroad-provider.ts'

/** Reads ID tokens of one issuer. */
export interface IdTokens {
  /** Who the token says logged in to `client`. Throws when it is not a good, fresh token for that client. */
  read(token: string, client: string): Promise<Person>
}

export function idTokensOf(issuer: string): IdTokens {
  const keys: JWTVerifyGetKey = createRemoteJWKSet(new URL(`${issuer}/oidc/jwks`), { timeoutDuration: 5000 })
  return {
    async read(token, client) {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience: client,
        algorithms: ['RS256'],
        requiredClaims: ['sub', 'exp', 'iat'],
      })
      if (payload.acr !== 'high') throw new Error('the login is not of the level high')
      const { given_name, family_name } = Object(payload.profile_attributes)
      return { code: personalCode(payload.sub ?? ''), name: `${given_name} ${family_name}` }
    },
  }
}
