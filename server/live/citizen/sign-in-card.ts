import { mayVisit } from '../../exercise/decide/typing.ts'
import { headerOf } from './header-of.ts'
import type { Visit } from './visit.ts'
import type { VisitResult } from './visit-result.ts'
import type { Visitor } from './visitors.ts'

export type SignedIn =
  | { readonly ok: true; readonly service: string; readonly path: string }
  /** `no-login`: the way did not lead to a login with the card. `no-card`: it could not be used. `refused`: the login took it for no good. `down`: something on the way does not answer. `stands-still`: not while the exercise does. */
  | { readonly ok: false; readonly why: 'no-login' | 'no-card' | 'refused' | 'down' | 'stands-still' }

interface Place {
  readonly service: string
  readonly path: string
}

const HOPS = 10
/** Who logs people in, and what its page for the card has: see the step `login` of journeys. */
const BY = 'eid'
const FORM = /action="(\/login\/[^"/]{1,200})\/idcard"/
const NONCE = /name="nonce" value="([^"]{1,500})"/

/**
 * Signs a visitor in as a citizen, with their card, by the real way: to the service's login, on to who logs people in, the card signs its challenge, and back. A visitor
 * who stands before a login already finishes that one.
 */
export async function signInByCard(
  visit: Visit,
  visitor: Visitor,
  service: string,
  person: string,
): Promise<SignedIn> {
  const { at, seat, served } = visitor
  if (!mayVisit(served.exercise.engine.state(), seat.seat)) return { ok: false, why: 'stands-still' }
  const begun = at?.service === BY && /^\/login\/[^/?]+/.exec(at.path)?.[0]
  const start = begun ? { service: BY, path: begun } : { service, path: '/login' }
  const login = await follow(visit, visitor, 'GET', start, Buffer.alloc(0))
  if (!login) return { ok: false, why: 'down' }
  const text = login.answer.body.toString('utf8')
  const form = FORM.exec(text)?.[1]
  const nonce = NONCE.exec(text)?.[1]
  if (login.place.service !== BY || !form || !nonce) return { ok: false, why: 'no-login' }
  const { citizens } = served.exercise
  const token = await citizens.card(visitor.team, person, `http://${BY}`, nonce)
  if (token === null) return { ok: false, why: 'no-card' }
  const body = Buffer.from(new URLSearchParams({ nonce, token }).toString())
  const back = await follow(visit, visitor, 'POST', { service: BY, path: `${form}/idcard` }, body)
  if (!back) return { ok: false, why: 'down' }
  if (back.place.service === BY || back.answer.status >= 400) return { ok: false, why: 'refused' }
  visitor.person = person
  return { ok: true, ...back.place }
}

/** One request and where it leads. Null when something on the way does not answer. */
async function follow(visit: Visit, visitor: Visitor, first: string, start: Place, sent: Buffer) {
  let place = start
  let method = first
  let body = sent
  for (let hop = 0; hop <= HOPS; hop++) {
    const headers: (readonly [string, string])[] =
      method === 'POST'
        ? [
            ['content-type', 'application/x-www-form-urlencoded'],
            ['origin', `http://${place.service}`],
          ]
        : []
    const going = body
    const page = { ...place, method, headers, body: async () => going, from: 'same' as const }
    const answer: VisitResult = await visit(visitor, page)
    if (!answer.ok) return null
    const location = headerOf(answer.headers, 'location')
    if (answer.status < 300 || answer.status > 399 || location === undefined) return { place, answer }
    const next = placeOf(location, place, visitor)
    if (!next) return { place, answer }
    place = next
    method = 'GET'
    body = Buffer.alloc(0)
  }
  return null
}

/** Where a redirect leads inside the team's state; null for anywhere else. */
function placeOf(location: string, { service, path }: Place, { addresses }: Visitor): Place | null {
  const base = `http://${service}${path}`
  if (!URL.canParse(location, base)) return null
  const url = new URL(location, base)
  return addresses.originOf(url.hostname) === undefined || (url.port !== '' && url.port !== '80')
    ? null
    : { service: url.hostname, path: `${url.pathname}${url.search}` }
}
