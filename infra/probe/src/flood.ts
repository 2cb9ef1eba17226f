import { setTimeout as sleep } from 'node:timers/promises'
import { openCookieJar } from './cookies.ts'
import { type Actor, sendHttp } from './http-client.ts'
import type { Reach } from './networks.ts'
import { type Flood, type Reply, StepFailure } from './steps.ts'

/** However a script is written: it must wear out an endpoint without limits, not the machine that all teams share. */
export const MOST_A_SECOND = 100
export const MOST_IN_ALL = 500
export const LONGEST_MS = 5_000
const MOST_AT_ONCE = 32

/**
 * Sends the same request `rate` times a second for `forMs`, from all of the probe's addresses in turn. Body is JSON: `sent`, `unanswered`, and under
 * `statuses` how many answers had which status. One that comes due while MOST_AT_ONCE are under way is left out.
 */
export async function flood(
  { http, rate, forMs }: Flood,
  actor: Actor,
  reach: Reach,
  deadline: number,
  signal: AbortSignal,
): Promise<Reply> {
  const since = performance.now()
  const perSecond = Math.min(rate, MOST_A_SECOND)
  const end = Math.min(since + Math.min(forMs, LONGEST_MS), deadline)
  const statuses: Record<string, number> = {}
  const underWay = new Set<Promise<void>>()
  let sent = 0
  let unanswered = 0
  let last: StepFailure | null = null
  const one = async () => {
    try {
      const visitor = { cookies: copyOf(actor), choice: (actor.choice + sent * 0.618) % 1 }
      const { status } = await sendHttp(http, 0, visitor, reach, deadline)
      statuses[status] = (statuses[status] ?? 0) + 1
    } catch (error) {
      if (!(error instanceof StepFailure)) throw error
      last = error
      unanswered += 1
    }
  }
  for (let due = since; due < end && sent < MOST_IN_ALL && !signal.aborted; due += 1000 / perSecond) {
    const early = due - performance.now()
    if (early > 0) await sleep(early)
    if (underWay.size >= MOST_AT_ONCE) continue
    sent += 1
    const task = one().finally(() => underWay.delete(task))
    underWay.add(task)
  }
  await Promise.all(underWay)
  // A target outside of the enclave is refused as everywhere.
  const refused = last as StepFailure | null
  if (refused?.kind === 'fault' && unanswered === sent) throw refused
  const body = JSON.stringify({ sent, unanswered, statuses })
  return {
    status: 0,
    headers: {},
    body,
    sent: `${sent} times ${http.method} ${http.url}`,
    ms: performance.now() - since,
    note: '',
  }
}

/** Each request of the flood is a visit of its own; what the actor is logged in with goes along. */
function copyOf(actor: Actor) {
  const jar = openCookieJar()
  return { ...jar, header: actor.cookies.header, take: () => {} }
}
