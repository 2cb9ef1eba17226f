import type { JourneyState, ServiceState } from '../fold/state.ts'
import { effective, unusable } from '../fold/verdicts.ts'
import type { ScoringWeights } from '../scenario/model.ts'
import type { CategoryRule, Given, Judged } from './category.ts'
import { shareOf } from './shares.ts'

/** Positions of a service's latest turns that its line names. */
const TURNS_NAMED = 12

/** [SC3] [SC4] [SC5] One entry for each service that has a weight. */
export const availability: CategoryRule<'service'> = {
  about: 'For services that work, by the time that they do',
  usualPoints: 5000,
  needs: null,
  takesIdle: true,
  codes: ['service'],
  entries(given) {
    const { services } = given.scenario
    const all = services.reduce((sum, s) => sum + s.weight, 0)
    let before = 0
    return services.flatMap((service) => {
      const share = shareOf(given.budget, service.weight, before, all)
      before += service.weight
      const state = given.team.services.find((s) => s.id === service.id)
      return state && service.weight > 0 ? [serviceEntry(given, state, share)] : []
    })
  },
}

/** How long a journey's effective verdict was what, up to a moment. */
interface Tally {
  readonly up: number
  readonly slow: number
  readonly broken: number
  readonly down: number
}

/** Tallies of a journey at `atMs`: what is settled, and the time since in its verdict of now. */
function tallyAt(service: ServiceState, journey: JourneyState, atMs: number): Tally {
  const verdict = effective(service, journey)
  const open = Math.max(0, atMs - service.settledMs)
  return {
    up: journey.upMs + (verdict === 'up' ? open : 0),
    slow: journey.slowMs + (verdict === 'slow' ? open : 0),
    broken: journey.brokenMs + (verdict === 'broken' ? open : 0),
    down: journey.downMs + (verdict === 'down' ? open : 0),
  }
}

function serviceEntry({ scenario, atMs }: Given, state: ServiceState, share: number): Judged<'service'> {
  const full = state.journeys.filter((j) => !j.alive)
  const counted = full.length > 0 ? full : state.journeys
  let [points, possible, up, slow, broken, down] = [0, 0, 0, 0, 0, 0]
  for (const [index, journey] of counted.entries()) {
    const tally = tallyAt(state, journey, atMs)
    const part = shareOf(share, 1, index, counted.length)
    const worth = possibleOf(part, tally, scenario.durationMs)
    possible += worth
    points += Math.min(worth, pointsOf(part, tally, scenario.durationMs, scenario.scoring))
    up += tally.up
    slow += tally.slow
    broken += tally.broken
    down += tally.down
  }
  const mean = (ms: number) => Math.round(ms / counted.length)
  return {
    id: state.id,
    points,
    possible,
    code: 'service',
    params: {
      upMs: mean(up),
      slowMs: mean(slow),
      brokenMs: mean(broken),
      downMs: mean(down),
      unknownMs: Math.max(0, atMs - mean(up + slow + broken + down)),
    },
    service: state.id,
    attack: null,
    rule: 'SC3',
    events: state.history.slice(-TURNS_NAMED).map((turn) => turn.position),
    evidence: evidenceOf(state),
  }
}

/** Of what is wrong now; of a service that works, of what was wrong last. */
function evidenceOf({ journeys, verdict }: ServiceState) {
  const wrong = verdict === 'slow' || unusable(verdict)
  const now = wrong ? journeys.find((journey) => journey.verdict === verdict)?.evidence : null
  return (
    now ?? journeys.toSorted((a, b) => b.position - a.position).find(({ lostBy }) => lostBy)?.lostBy ?? null
  )
}

/** Known time only: what was unknown is neither won nor lost. */
const possibleOf = (share: number, { up, slow, broken, down }: Tally, durationMs: number) =>
  Math.floor((share * (up + slow + broken + down)) / durationMs)

const pointsOf = (share: number, tally: Tally, durationMs: number, scoring: ScoringWeights) =>
  Math.floor(
    (share * (tally.up + scoring.slowCredit * tally.slow + scoring.brokenCredit * tally.broken)) / durationMs,
  )
