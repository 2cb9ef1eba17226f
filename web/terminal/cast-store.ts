import type { Refusal } from '#exercise/decide/commands.ts'
import { type Cast, readCast } from '#exercise/wire/cast.ts'
import { apiPath } from '../app/route.ts'
import { asSeat, NO_ANSWER } from '../feed/as-seat.ts'

/** Recordings that this page has: who goes back and forth between terminals waits once. */
const KEPT = 8

/** A recording of a terminal, as it came and as it is played. */
export interface LoadedCast {
  readonly name: string
  readonly text: string
  readonly cast: Cast
}
export type CastsFound =
  | { readonly ok: true; readonly casts: readonly LoadedCast[] }
  | { readonly ok: false; readonly refusal: Refusal }

const kept = new Map<string, Promise<CastsFound>>()

/** All recordings of one terminal: several of a login over SSH in which several shells were opened, none where nothing was recorded. */
export function castsOf(terminal: string, token: string | null): Promise<CastsFound> {
  const key = `${apiPath('')} ${token} ${terminal}`
  const found = kept.get(key) ?? load(terminal, token)
  kept.delete(key)
  kept.set(key, found)
  const oldest = kept.keys().next()
  if (kept.size > KEPT && !oldest.done) kept.delete(oldest.value)
  void found.then(({ ok }) => {
    if (!ok && kept.get(key) === found) kept.delete(key)
  })
  return found
}

async function load(terminal: string, token: string | null): Promise<CastsFound> {
  const list = await ask('terminals', token)
  if (!list.ok) return list
  const { casts } = JSON.parse(list.text) as { casts: readonly { cast: string; terminal: string }[] }
  const loaded: LoadedCast[] = []
  for (const { cast: name } of casts.filter((one) => one.terminal === terminal)) {
    const reply = await ask(`terminals/${encodeURIComponent(name)}/recording`, token)
    if (!reply.ok) return reply
    const cast = readCast(reply.text)
    if (cast) loaded.push({ name, text: reply.text, cast })
  }
  return { ok: true, casts: loaded }
}

async function ask(
  path: string,
  token: string | null,
): Promise<{ readonly ok: true; readonly text: string } | { readonly ok: false; readonly refusal: Refusal }> {
  const reply = await fetch(apiPath(path), { headers: asSeat(token) }).catch(() => null)
  const text = await reply?.text().catch(() => null)
  if (reply?.ok && typeof text === 'string') return { ok: true, text }
  try {
    const { refusal } = JSON.parse(text ?? '') as { refusal?: Refusal }
    return { ok: false, refusal: refusal ?? NO_ANSWER }
  } catch {
    return { ok: false, refusal: NO_ANSWER }
  }
}
