import { afterAll, beforeAll, describe } from 'vitest'
import { allServices, openState, type State } from '../kit/state.ts'
import { eid } from './stock/eid.ts'
import { health } from './stock/health.ts'
import { input } from './stock/input.ts'
import { mynumber } from './stock/mynumber.ts'
import { school } from './stock/school.ts'
import { sign } from './stock/sign.ts'
import { tracker } from './stock/tracker.ts'
import { vote } from './stock/vote.ts'
import { wallet } from './stock/wallet.ts'
import { xroad } from './stock/xroad.ts'

/**
 * Stock clients of the real interfaces against the real services. Each suite registers its tests and gets the running state by calling what it
 * is given. `KILP_STOCK=eid,health` runs only those, with the services that they need.
 */
const SUITES: Readonly<Record<string, (state: () => State) => void>> = {
  eid,
  health,
  input,
  mynumber,
  school,
  sign,
  tracker,
  vote,
  wallet,
  xroad,
}
/** What a suite speaks with beyond the service of its name and what that needs. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  input: allServices(),
  xroad: ['eid', 'population', 'xroad-jp'],
}

const asked = process.env.KILP_STOCK?.split(',') ?? Object.keys(SUITES)
let state: State | undefined

beforeAll(async () => {
  const wanted = [...asked, ...asked.flatMap((name) => ALSO[name] ?? [])]
  state = await openState(allServices().filter((id) => wanted.includes(id)))
}, 300_000)
afterAll(() => state?.close())

const running = (): State => {
  if (!state) throw new Error('the state is not up')
  return state
}
for (const [name, suite] of Object.entries(SUITES))
  if (asked.includes(name)) describe(name, () => suite(running))
