import { randomBytes, timingSafeEqual } from 'node:crypto'
import * as openid from 'openid-client'
import type { SeatKind } from '../exercise/scenario/model.ts'
import { NAME_LENGTH, personName } from '../exercise/wire/person.ts'

/** The seat that members of a group have. */
export interface GroupSeat {
  readonly group: string
  readonly seat: Exclude<SeatKind, 'guest'>
  readonly team: string | null
}

/** How people sign in with an OpenID Connect provider. */
export interface SignInSettings {
  /** `https:`, or `http:` on this machine's loopback. */
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Whoever is in several of them has the seat of the first. */
  readonly groups: readonly GroupSeat[]
  readonly scope: string
}

/** Somebody whom the provider knows. */
export interface SignedIn {
  /** null: it tells no name that could be shown. */
  readonly name: string | null
  /** The seats of their groups, in the order of the settings. */
  readonly seats: readonly GroupSeat[]
  /** Of the exercise that they asked for; undefined: the current one. */
  readonly exercise: string | undefined
}

export type SignInRefusal = 'sign-in-lost' | 'sign-in-refused'

/** Until somebody has signed in at the provider. ms */
const WITHIN_MS = 10 * 60_000
/** Who have begun and not come back; the oldest is forgotten first. More than one address may begin within that time. */
const BEGUN = 20_000
/** Of the provider's answers. s */
const ANSWER_S = 10

interface Begun {
  readonly verifier: string
  readonly nonce: string
  readonly exercise: string | undefined
  /** What the browser keeps in a cookie: nobody signs another's browser in. */
  readonly key: string
  readonly untilMs: number
}

/** The authorization code flow with PKCE, state and nonce. */
export function openSignIn(settings: SignInSettings, redirectUri: () => string) {
  const begun = new Map<string, Begun>()
  let discovered: Promise<openid.Configuration> | null = null

  const configuration = () => {
    discovered ??= discover(settings).catch((error) => {
      // It may answer the next one.
      discovered = null
      throw error
    })
    return discovered
  }

  return {
    /** Where to send a browser, and the key that it must bring back. @throws when the provider does not answer. */
    async begin(exercise: string | undefined): Promise<{ readonly to: string; readonly key: string }> {
      const config = await configuration()
      const [state, nonce, verifier] = [
        openid.randomState(),
        openid.randomNonce(),
        openid.randomPKCECodeVerifier(),
      ]
      const key = randomBytes(32).toString('base64url')
      begun.set(state, { verifier, nonce, exercise, key, untilMs: Date.now() + WITHIN_MS })
      const oldest = begun.keys().next()
      if (begun.size > BEGUN && !oldest.done) begun.delete(oldest.value)
      const to = openid.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri(),
        scope: settings.scope,
        state,
        nonce,
        code_challenge: await openid.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      })
      return { to: to.href, key }
    },

    /** Who came back from the provider with `query`; each way back is gone once. @throws on a fault of the provider's. */
    async finish(query: URLSearchParams, key: string): Promise<SignedIn | SignInRefusal> {
      const state = query.get('state') ?? ''
      const known = begun.get(state)
      if (!known || known.untilMs < Date.now() || !same(known.key, key)) return 'sign-in-lost'
      begun.delete(state)
      const config = await configuration()
      const tokens = await openid
        .authorizationCodeGrant(config, new URL(`${redirectUri()}?${query}`), {
          pkceCodeVerifier: known.verifier,
          expectedState: state,
          expectedNonce: known.nonce,
          idTokenExpected: true,
        })
        .catch((error) => {
          // The person said no, or the code was no good.
          if (error instanceof openid.AuthorizationResponseError) return null
          if (error instanceof openid.ResponseBodyError) return null
          throw error
        })
      const claims = tokens?.claims()
      if (!tokens || !claims) return 'sign-in-refused'
      const more =
        'groups' in claims && nameOf(claims) !== null
          ? {}
          : config.serverMetadata().userinfo_endpoint
            ? await openid.fetchUserInfo(config, tokens.access_token, claims.sub)
            : {}
      const told: Readonly<Record<string, unknown>> = { ...more, ...claims }
      const groups = new Set([told.groups].flat().filter((group) => typeof group === 'string'))
      return {
        name: nameOf(told),
        seats: settings.groups.filter(({ group }) => groups.has(group)),
        exercise: known.exercise,
      }
    },
  }
}

async function discover(settings: SignInSettings): Promise<openid.Configuration> {
  const issuer = new URL(settings.issuer)
  const config = await openid.discovery(
    issuer,
    settings.clientId,
    undefined,
    openid.ClientSecretBasic(settings.clientSecret),
    { timeout: ANSWER_S, ...(issuer.protocol === 'http:' && { execute: [openid.allowInsecureRequests] }) },
  )
  return config
}

/** The first of the provider's names that can be shown, cut to length. */
function nameOf(claims: Readonly<Record<string, unknown>>): string | null {
  const { name, given_name, family_name, preferred_username, nickname } = claims
  const whole = [given_name, family_name].filter((part) => typeof part === 'string').join(' ')
  for (const text of [name, whole, preferred_username, nickname]) {
    if (typeof text !== 'string') continue
    const found = personName([...text.normalize('NFC').trim()].slice(0, NAME_LENGTH).join(''))
    if (found !== null) return found
  }
  return null
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
