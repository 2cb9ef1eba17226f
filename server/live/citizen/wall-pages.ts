import { createHash } from 'node:crypto'
import type { VisitAnswer } from '../../engine/ports/citizens.ts'
import { mayVisit } from '../../exercise/decide/typing.ts'
import { PLATFORM } from '../../exercise/ledger/actor.ts'
import { sameWallPage, type WallPage } from '../../exercise/scenario/wall-scene.ts'
import type { Served } from '../served.ts'
import { MOST_TEXT, type Page } from './answer.ts'
import { headerOf } from './header-of.ts'
import { pathOf, selfContained } from './self-contained.ts'
import type { Site, Sites } from './sites.ts'
import { textOf } from './text-of.ts'
import type { NoPage } from './visit-result.ts'
import { standing } from './visitors.ts'

/** On the port of a service: the page that white has put on the wall, for everybody. No service has a path of this name. */
export const WALL_PATH = '/.kilp/wall'

/** However many watch, a service is asked no oftener. */
const EVERY_MS = 10_000
const MOST_LEADS = 3
/** A service that takes its time holds up nobody who watches: a browser that waits for several answers asks for nothing else. */
const FIRST_MS = 3_000
/** As browsers say it: a wall is told from citizens by nothing that it sends. */
const OF_BROWSERS = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8'
/** A page that waits for slow pictures for ever says nothing of now. */
const FILES_MS = 5_000
/** No script, no form, no request to anywhere; also where the page is opened by itself. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors *; sandbox"

/** `leads-away`: it sends people on to another service. */
export type NoWallPage = Extract<NoPage, string> | 'leads-away'

/** What a wall says of the page, beside the page itself. */
export interface WallStanding extends WallPage {
  readonly status: number
  /** That the service took. */
  readonly ms: number
  readonly failed: NoWallPage | null
  /** Another one when the page is another. */
  readonly version: string
  /** Of the service, where the page is at `WALL_PATH`; null where there is no port for it. */
  readonly port: number | null
}

interface Shown {
  readonly standing: WallStanding
  readonly page: Page | null
}
interface Kept {
  readonly of: WallPage
  askedWall: number
  pending: Promise<Shown | null> | null
  /** The same, or null where that takes long. */
  soon: Promise<Shown | null> | null
  shown: Shown | null
}
export type WallPages = ReturnType<typeof openWallPages>

/** Pages of teams' services that white has put on the walls: fetched by the platform for all who watch together, while anybody does. */
export function openWallPages(
  sites: Sites,
  fault: (what: string, error: unknown) => void,
  now: () => number = Date.now,
  firstMs = FIRST_MS,
) {
  const kept = new Map<string, Kept & { readonly served: Served }>()

  const wanted = (served: Served): WallPage | null =>
    standing(served) ? served.exercise.engine.state().wallPage : null

  const still = (served: Served) => !mayVisit(served.exercise.engine.state(), 'blue')

  /** `before`: what stays when time comes to stand still, or the page goes, on the way. */
  const fetchNow = async (served: Served, page: WallPage, before: Shown | null): Promise<Shown | null> => {
    const { engine, citizens } = served.exercise
    const port = sites.of(engine.exerciseId, page.team, citizens.services)?.get(page.service) ?? null
    const of = { ...page, port }
    const none = (failed: NoWallPage, ms = 0): Shown => ({
      standing: { ...of, status: 0, ms, failed, version: failed },
      page: null,
    })
    if (port === null) return none('fault')
    const choice = Math.random()
    const over = () => still(served) || !sameWallPage(wanted(served), page)
    const ask = async (path: string, accept: string): Promise<VisitAnswer> => {
      if (over()) return { ok: false, why: 'fault' }
      return citizens.visit(page.team, {
        ...{ service: page.service, method: 'GET', path, lang: page.lang, choice },
        headers: [['accept', accept]],
        body: Buffer.alloc(0),
      })
    }
    let { path } = page
    let answer = await ask(path, OF_BROWSERS)
    for (let led = 0; answer.ok && answer.status >= 300 && answer.status < 400; led++) {
      const to = headerOf(answer.headers, 'location')
      const next = to === undefined || led >= MOST_LEADS ? null : pathOf(to, { service: page.service, path })
      if (next === null) return none('leads-away', answer.ms)
      path = next
      answer = await ask(path, OF_BROWSERS)
    }
    if (over()) return before
    if (!answer.ok) return none(answer.why)
    const type = headerOf(answer.headers, 'content-type') ?? ''
    if (!/^text\/html\b/i.test(type)) {
      await engine.submit({ type: 'drop-wall-page', data: { page, reason: 'no-page' } }, PLATFORM)
      return null
    }
    if (answer.body.length > MOST_TEXT) return none('too-large', answer.ms)
    const untilWall = now() + FILES_MS
    const html = await selfContained(
      textOf(answer.body, type),
      { service: page.service, path },
      async (file) => {
        if (now() > untilWall) return null
        const got = await ask(file, '*/*')
        if (!got.ok || got.status !== 200) return null
        return { type: headerOf(got.headers, 'content-type') ?? '', body: got.body }
      },
    )
    if (over()) return before
    const body = Buffer.from(html)
    const version = createHash('sha256').update(body).digest('hex').slice(0, 16)
    const headers = {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': POLICY,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-dns-prefetch-control': 'off',
      // A hall of guests, of whom each keeps one, would leave none to others.
      connection: 'close',
    }
    return {
      standing: { ...of, status: answer.status, ms: answer.ms, failed: null, version },
      page: { status: 200, headers, body },
    }
  }

  const keptOf = (served: Served, page: WallPage) => {
    const { exerciseId } = served.exercise.engine
    const known = kept.get(exerciseId)
    if (known && sameWallPage(known.of, page) && known.served === served) return known
    const fresh = {
      served,
      of: page,
      askedWall: Number.NEGATIVE_INFINITY,
      pending: null,
      soon: null,
      shown: null,
    }
    kept.set(exerciseId, fresh)
    return fresh as Kept
  }

  return {
    /** How the page that walls show stands; null for none. Asks the service where that is due, and waits for it the first time alone, and then not for long. */
    async standing(served: Served): Promise<WallStanding | null> {
      const page = wanted(served)
      if (!page) {
        kept.delete(served.exercise.engine.exerciseId)
        return null
      }
      const one = keptOf(served, page)
      // What a team has put into a service is not set off while time stands still: walls go on with what they have.
      const stands = still(served)
      if (stands && !one.shown)
        return { ...page, status: 0, ms: 0, failed: 'stands-still', version: 'still', port: null }
      if (!stands && !one.pending && now() - one.askedWall >= EVERY_MS) {
        one.askedWall = now()
        one.pending = fetchNow(served, page, one.shown)
          .then((shown) => {
            one.shown = shown
            return shown
          })
          .catch((error) => {
            fault('a page on the wall', error)
            return null
          })
          .finally(() => {
            one.pending = null
          })
        one.soon = Promise.race([one.pending, later(firstMs)])
      }
      const shown = one.shown ?? (await one.soon)
      return shown?.standing ?? null
    },
    /** The page as it was fetched last, on the port of the service that walls show now. Asks nobody. */
    at({ exerciseId, team, service }: Site): Page | null {
      const one = kept.get(exerciseId)
      const page = one && wanted(one.served)
      // Nor is an exercise that is over kept for it.
      if (!page) kept.delete(exerciseId)
      if (!page || page.team !== team || page.service !== service) return null
      return sameWallPage(page, one.of) ? (one.shown?.page ?? null) : null
    },
  }
}

const later = (ms: number) =>
  new Promise<null>((done) => {
    setTimeout(done, ms, null).unref()
  })
