import type { Recorded } from '../ledger/events.ts'
import type { Scenario, Service } from '../scenario/model.ts'
import { needsOf } from '../scenario/needs.ts'
import type { Interruption } from './control-state.ts'
import { type Draft, own, ownList, type ServiceDraft, serviceIn, type TeamDraft } from './draft.ts'
import { settle, turn } from './evolve-service.ts'
import { settleUsability } from './evolve-ticket.ts'
import { usabilityKnown } from './people.ts'
import { serviceOf, type TeamState } from './state.ts'
import { unusable } from './verdicts.ts'

/** The service, or one that it needs, is taken away from the team just now: of its failures nothing can be said. [SC24] */
export const isTouched = (team: TeamState, service: string): boolean =>
  (serviceOf(team, service)?.touched ?? 0) > 0

/**
 * Services of a team are taken away by nobody's doing: from now on nothing is known of them, and of what needs them only what works. [SC24]
 */
export function interrupt(
  draft: Draft,
  team: TeamDraft,
  id: string,
  services: readonly string[],
  event: Recorded,
) {
  const { scenario } = draft.root
  const touched = scenario.services
    .filter((one) => !services.includes(one.id))
    .filter((one) => services.some((service) => touches(scenario, one, service)))
    .map((one) => one.id)
  const interruption: Interruption = { id, services, touched, fromMs: event.at, toMs: null }
  team.interruptions = [...team.interruptions, interruption]
  settleUsability(draft, team, event.at)
  forEach(draft, team, interruption, (service, direct) => {
    settle(draft, team, service, event.at)
    if (direct) service.hit += 1
    service.touched += 1
    forget(draft, service, direct, event)
    turn(draft, team, service, event)
  })
  usabilityKnown(draft, team, event.at)
}

/** It is over: what it took away is looked at anew. `started`: services whose containers run again by it. */
export function resume(
  draft: Draft,
  team: TeamDraft,
  id: string,
  started: readonly string[],
  event: Recorded,
) {
  const stands = team.interruptions.find((one) => one.id === id && one.toMs === null)
  if (!stands) return
  settleUsability(draft, team, event.at)
  team.interruptions = team.interruptions.map((one) => (one === stands ? { ...one, toMs: event.at } : one))
  forEach(draft, team, stands, (service, direct) => {
    settle(draft, team, service, event.at)
    if (direct) service.hit -= 1
    service.touched -= 1
    if (started.includes(service.id)) service.containerDown = false
    service.turned = event.position
    turn(draft, team, service, event)
  })
  const hit = [...stands.services, ...stands.touched]
  team.tickets = team.tickets.map((ticket) => {
    if (ticket.closedMs !== null || !hit.includes(ticket.service)) return ticket
    const since = Math.max(stands.fromMs, ticket.answeredMs ?? ticket.openedMs)
    return { ...ticket, heldMs: (ticket.heldMs ?? 0) + Math.max(0, event.at - since) }
  })
  usabilityKnown(draft, team, event.at)
}

/** It needs what is hit; or it is the exchange through which that is asked, so that its own journeys end there. */
const touches = (scenario: Scenario, { id, hub }: Service, hit: string): boolean =>
  needsOf(scenario, id).has(hit) || (hub === true && needsOf(scenario, hit).has(id))

function forEach(
  draft: Draft,
  team: TeamDraft,
  { services, touched }: Interruption,
  call: (service: ServiceDraft, direct: boolean) => void,
) {
  for (const id of [...services, ...touched]) {
    const service = serviceIn(draft, team, id)
    if (service) call(service, services.includes(id))
  }
}

/** What is no longer known; what could not be used before is no sound service until it is looked at. */
function forget(draft: Draft, service: ServiceDraft, direct: boolean, event: Recorded) {
  const journeys = ownList(draft, service.journeys)
  for (const [index, before] of journeys.entries()) {
    if (before.verdict === 'unknown' || (before.verdict === 'up' && !direct)) continue
    const journey = own(draft, before)
    journey.owed ||= unusable(before.verdict)
    journey.verdict = 'unknown'
    journey.sinceMs = event.at
    journey.position = event.position
    journey.evidence = null
    journeys[index] = journey
  }
  service.journeys = journeys
}

type Interrupted = Pick<TeamState, 'interruptions'>

const concerns = ({ services, touched }: Interruption, service: string): boolean =>
  services.includes(service) || touched.includes(service)

/** How much of the time from `fromMs` to `toMs` a service of the team was interrupted, or something that it needs. Exercise time, ms. */
export function interruptedMs(
  { interruptions }: Interrupted,
  service: string,
  fromMs: number,
  toMs: number,
): number {
  let sum = 0
  let reached = fromMs
  const spans = interruptions.filter((one) => concerns(one, service))
  for (const { fromMs: from, toMs: to } of spans.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const until = Math.min(to ?? toMs, toMs)
    sum += Math.max(0, until - Math.max(from, reached))
    reached = Math.max(reached, until)
  }
  return sum
}

/** Whether a service, or something that it needs, was interrupted at some moment since. */
export const interruptedSince = ({ interruptions }: Interrupted, service: string, sinceMs: number): boolean =>
  interruptions.some((one) => concerns(one, service) && (one.toMs === null || one.toMs >= sinceMs))
