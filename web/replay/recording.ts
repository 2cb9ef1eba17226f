import type { Recorded } from '#exercise/ledger/events.ts'
import { openPlayer, type Player } from '#exercise/wire/player.ts'
import { asSeat } from '../feed/as-seat.ts'

/** Of this browser's seats the last ones: whoever goes from page to page waits once. */
const KEPT = 2

const kept = new Map<string, Promise<Player>>()

/** Everything that a seat may know of an exercise, to be looked at as it was. @throws Error with what the server or the browser says. */
export function recordingOf(exercise: string, token: string | null): Promise<Player> {
  const key = `${exercise} ${token}`
  const player = kept.get(key) ?? load(exercise, token)
  kept.delete(key)
  kept.set(key, player)
  const oldest = kept.keys().next()
  if (kept.size > KEPT && !oldest.done) kept.delete(oldest.value)
  player.catch(() => {
    if (kept.get(key) === player) kept.delete(key)
  })
  return player
}

async function load(exercise: string, token: string | null): Promise<Player> {
  const reply = await fetch(`/api/exercises/${encodeURIComponent(exercise)}/recording`, {
    headers: asSeat(token),
  })
  const body = (await reply.json()) as {
    readonly cursor: number
    readonly events: readonly Recorded[]
    readonly refusal?: { readonly message: string }
  }
  if (!reply.ok) throw new Error(body.refusal?.message ?? `HTTP ${reply.status}`)
  return openPlayer(body.events, body.cursor)
}
