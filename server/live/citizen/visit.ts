import { mayVisit } from '../../exercise/decide/typing.ts'
import { type Allowance, allowance, type RateLimit, rateLimit } from '../rate.ts'
import type { Coming } from './jar.ts'
import type { VisitResult } from './visit-result.ts'
import { exerciseOf, type Visitor } from './visitors.ts'

export interface AskedPage {
  readonly service: string
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly headers: readonly (readonly [string, string])[]
  /** Read once it may go on, not before; null when it is more than is taken. */
  readonly body: () => Promise<Buffer | null>
  readonly from: Coming['from']
}

/** Of all who visit one team: pages with their pictures, and not so much that the team's own checks would wait. */
const PER_SECOND = 20
const AT_ONCE = 120
const BYTES_PER_SECOND = 2 * 1024 * 1024
const BYTES_AT_ONCE = 8 * 1024 * 1024
const WAIT_MOST_MS = 5_000
/** Taken for each before it is asked, and settled when its size is known: many at once do not all find the same room. */
const RESERVED = 512 * 1024
/** What the probe has fetched of an answer that was too large. */
const TOO_LARGE = 2 * 1024 * 1024
/** Of one visitor under way: two pages' pictures as a browser asks for them. */
const UNDER_WAY = 12

export type Visit = (visitor: Visitor, page: AskedPage) => Promise<VisitResult>

/** Asks services for pages, with the visitor's cookies, within what all visitors of a team together may. `holds`: whether somebody still visits. */
export function openVisit(holds: (visitor: Visitor) => boolean): Visit {
  const limits = new Map<string, { readonly rate: RateLimit; readonly bytes: Allowance }>()
  const limitOf = (visitor: Visitor) => {
    const key = JSON.stringify([exerciseOf(visitor), visitor.team])
    const limit = limits.get(key) ?? {
      rate: rateLimit(PER_SECOND, AT_ONCE),
      bytes: allowance(BYTES_PER_SECOND, BYTES_AT_ONCE),
    }
    limits.set(key, limit)
    return limit
  }
  const underWay = new WeakMap<Visitor, number>()
  const stands = ({ served, seat }: Visitor) => !mayVisit(served.exercise.engine.state(), seat.seat)

  /** Asks, and tells how many bytes went. */
  async function ask(visitor: Visitor, page: AskedPage): Promise<{ result: VisitResult; bytes: number }> {
    const { served, team, jar, lang, choice } = visitor
    const body = await page.body()
    if (!body) return { result: SENT_TOO_MUCH, bytes: 0 }
    // Time may have passed until it was there.
    if (stands(visitor)) return { result: STANDS, bytes: body.length }
    if (!holds(visitor)) return { result: OVER, bytes: body.length }
    visitor.usedWall = Date.now()
    const pathname = page.path.split('?', 1)[0] ?? '/'
    const { service, method, path, from } = page
    const cookie = jar.header({ service, pathname, method, from })
    const headers = cookie ? [...page.headers, ['cookie', cookie] as const] : page.headers
    const request = { service, method, path, headers, body, lang, choice }
    const result = await served.exercise.citizens.visit(team, request)
    if (!result.ok) return { result, bytes: body.length + (result.why === 'too-large' ? TOO_LARGE : 0) }
    const set = result.headers.filter(([name]) => name.toLowerCase() === 'set-cookie')
    jar.take(
      service,
      pathname,
      set.map(([, value]) => value),
    )
    return { result, bytes: body.length + result.body.length }
  }

  return async (visitor, page) => {
    if (stands(visitor)) return STANDS
    const { rate, bytes } = limitOf(visitor)
    const others = underWay.get(visitor) ?? 0
    if (others >= UNDER_WAY || !rate.take()) return TOO_FAST
    bytes.spend(RESERVED)
    const owesMs = bytes.owesMs()
    if (owesMs > WAIT_MOST_MS) {
      bytes.spend(-RESERVED)
      return TOO_FAST
    }
    underWay.set(visitor, others + 1)
    let went = RESERVED
    try {
      if (owesMs > 0) await new Promise((wake) => setTimeout(wake, owesMs))
      const asked = await ask(visitor, page)
      went = asked.bytes
      return asked.result
    } finally {
      bytes.spend(went - RESERVED)
      underWay.set(visitor, (underWay.get(visitor) ?? 1) - 1)
    }
  }
}

const STANDS = { ok: false, why: 'stands-still' } as const
const TOO_FAST = { ok: false, why: 'too-fast' } as const
const SENT_TOO_MUCH = { ok: false, why: 'sent-too-much' } as const
const OVER = { ok: false, why: 'over' } as const
