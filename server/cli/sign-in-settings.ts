import type { GroupSeat, SignInSettings } from '../live/sign-in.ts'
import { UserError } from './user-error.ts'

const NEEDED = [
  'KILP_OIDC_ISSUER',
  'KILP_OIDC_CLIENT_ID',
  'KILP_OIDC_CLIENT_SECRET',
  'KILP_OIDC_GROUPS',
] as const
const EXAMPLE = 'excon=white,team-a=blue:estonia,press=observer'

/**
 * Sign-in by OpenID Connect, from the environment; null: off, as none of it is set. `publicUrl`: what the provider sends browsers back to.
 * @throws UserError when only some of it is set, or it can not be so.
 */
export function signInSettings(env: NodeJS.ProcessEnv, publicUrl: string | null): SignInSettings | null {
  const missing = NEEDED.filter((name) => !env[name]?.trim())
  if (missing.length === NEEDED.length && !env.KILP_OIDC_SCOPE) return null
  if (missing.length > 0)
    throw new UserError(
      `Sign-in by OpenID Connect is half configured: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not set. Set all of ${NEEDED.join(', ')}, or none of them to go without.`,
    )
  const [issuer, clientId, clientSecret, groups] = NEEDED.map((name) => env[name]?.trim() ?? '')
  const scope = env.KILP_OIDC_SCOPE?.trim() || 'openid profile'
  if (!scope.split(/\s+/).includes('openid'))
    throw new UserError(
      `KILP_OIDC_SCOPE is "${scope}": it must have openid in it, as in "openid profile groups".`,
    )
  if (publicUrl?.startsWith('http:') && !onLoopback(publicUrl))
    throw new UserError(
      `KILP_URL is "${publicUrl}": where people sign in, browsers must come by https, or whoever listens on the way takes their seats.`,
    )
  return {
    issuer: checkedIssuer(issuer ?? ''),
    clientId: clientId ?? '',
    clientSecret: clientSecret ?? '',
    groups: groupSeats(groups ?? ''),
    scope,
  }
}

function checkedIssuer(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || url.search || url.hash || url.username)
    throw new UserError(
      `KILP_OIDC_ISSUER is "${text}": give the provider's address, as https://login.example/realm`,
    )
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && onLoopback(text)))
    throw new UserError(
      `KILP_OIDC_ISSUER is "${text}": it must be https; http only on this machine's own loopback.`,
    )
  return text
}

const onLoopback = (url: string): boolean =>
  ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname)

function groupSeats(text: string): readonly GroupSeat[] {
  return text.split(',').map((part) => {
    const cut = part.lastIndexOf('=')
    const group = part.slice(0, cut).trim()
    const [seat, team, ...rest] = part
      .slice(cut + 1)
      .trim()
      .split(':')
    const wrong = (why: string) =>
      new UserError(`KILP_OIDC_GROUPS: "${part.trim()}": ${why}. Give it as ${EXAMPLE}`)
    if (cut < 1 || group === '') throw wrong('no group and seat with = between')
    if (seat !== 'white' && seat !== 'blue' && seat !== 'observer')
      throw wrong(`there is no seat "${seat}": white, blue:TEAM or observer`)
    if (seat === 'blue' && (!team || rest.length > 0)) throw wrong('a blue seat is of a team')
    if (seat !== 'blue' && team !== undefined) throw wrong(`a ${seat} seat is of no team`)
    return { group, seat, team: team ?? null }
  })
}
