import type { SeatInfo } from '#exercise/wire/protocol.ts'
import type { Route } from '../app/route.ts'

const keyOf = (seat: string, team: string | null) => `kilp.seat.${team ? `${seat}.${team}` : seat}`

/**
 * Keeps a join token in this browser, one per seat, so that the seat's page opens again without the link. A guest's only in this tab: the
 * same pages are public in every other.
 */
export function rememberToken(seat: SeatInfo, token: string): void {
  const key = keyOf(seat.seat, seat.team)
  try {
    sessionStorage.setItem(key, token)
    if (seat.seat !== 'guest') localStorage.setItem(key, token)
  } catch {
    pageTokens.set(key, token)
  }
}

export function forgetToken(route: Route): void {
  const key = seatKey(route)
  if (!key) return
  pageTokens.delete(key)
  try {
    sessionStorage.removeItem(key)
    localStorage.removeItem(key)
  } catch {
    // Nothing was kept.
  }
}

/** The token for a page. null: the page is public, or this browser has no such seat; the feed is then the guest's. */
export function tokenFor(route: Route): string | null {
  if (route.scene === 'join') return route.arg
  const key = seatKey(route)
  if (!key) return null
  try {
    return sessionStorage.getItem(key) ?? localStorage.getItem(key)
  } catch {
    return pageTokens.get(key) ?? null
  }
}

function seatKey(route: Route): string | null {
  if (route.scene === 'team') return keyOf('blue', route.arg)
  if (route.scene === 'instructor') return keyOf('white', null)
  if (route.scene === 'observer') return keyOf('observer', null)
  if (route.scene === 'national' || route.scene === 'scoreboard') return keyOf('guest', null)
  return null
}

/** For browsers that forbid storage: tokens live as long as the page. */
const pageTokens = new Map<string, string>()
