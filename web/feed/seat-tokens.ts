import type { SeatInfo } from '#exercise/wire/protocol.ts'
import type { Route } from '../app/route.ts'

const nameOf = (seat: string, team: string | null) => (team ? `${seat}.${team}` : seat)
/** Under the seat of the current exercise; older pages kept every token so. */
const keyOf = (name: string) => `kilp.seat.${name}`
const keyIn = (exercise: string, name: string) => `${keyOf(name)}@${exercise}`

/**
 * Keeps a join token in this browser, one per exercise and seat, so that the seat's page opens again without the link. A guest's only as long
 * as the page is open: anybody may open that page.
 */
export function rememberToken(
  exercise: { readonly id: string; readonly current: boolean },
  seat: SeatInfo,
  token: string,
): void {
  const name = nameOf(seat.seat, seat.team)
  if (name === GUEST) {
    guestTokens.set(exercise.id, token)
    if (exercise.current) guestTokens.set(null, token)
    return
  }
  for (const key of [keyIn(exercise.id, name), ...(exercise.current ? [keyOf(name)] : [])])
    try {
      sessionStorage.setItem(key, token)
      localStorage.setItem(key, token)
    } catch {
      pageTokens.set(key, token)
    }
}

/** The token for a page. null: the page is public, or this browser has no such seat; the feed is then the guest's. */
export function tokenFor(route: Route): string | null {
  if (route.scene === 'join') return route.arg
  const name = seatOf(route)
  if (!name) return null
  if (name === GUEST) return guestTokens.get(route.exercise) ?? null
  if (route.exercise === null) return kept(keyOf(name))
  const own = kept(keyIn(route.exercise, name))
  if (own) return own
  const older = kept(keyOf(name))
  return older && exerciseOfToken(older) === route.exercise ? older : null
}

/** The exercise of a page: of a join link the one of its token. null: the current one. */
export function exerciseFor(route: Route): string | null {
  return route.exercise ?? (route.scene === 'join' && route.arg ? exerciseOfToken(route.arg) : null)
}

/** A token says for which exercise it is; the server makes sure of it. null: it is none. */
export function exerciseOfToken(token: string): string | null {
  try {
    const [text = ''] = token.split('.')
    const content: unknown = JSON.parse(atob(text.replaceAll('-', '+').replaceAll('_', '/')))
    const { exerciseId } = Object(content) as { exerciseId?: unknown }
    return typeof exerciseId === 'string' && exerciseId !== '' ? exerciseId : null
  } catch {
    return null
  }
}

function kept(key: string): string | null {
  try {
    return sessionStorage.getItem(key) ?? localStorage.getItem(key)
  } catch {
    return pageTokens.get(key) ?? null
  }
}

function seatOf(route: Route): string | null {
  if (route.scene === 'team' || route.scene === 'team-report') return nameOf('blue', route.arg)
  if (['instructor', 'timeline', 'report', 'hot-wash'].includes(route.scene)) return nameOf('white', null)
  if (route.scene === 'observer') return nameOf('observer', null)
  if (route.scene === 'national' || route.scene === 'scoreboard') return GUEST
  return null
}

/** From now on public pages are fed as anybody's are. */
export const forgetGuest = (): void => guestTokens.clear()

const GUEST = nameOf('guest', null)
/** By exercise; null is the current one. */
const guestTokens = new Map<string | null, string>()

/** For browsers that forbid storage: tokens live as long as the page. */
const pageTokens = new Map<string, string>()
