import type { JourneyState, ServiceState, TeamState } from '../fold/state.ts'
import { effective } from '../fold/verdicts.ts'
import type { Scenario, ScoringWeights, Service } from '../scenario/model.ts'
import { attackWeight } from '../scenario/weaknesses.ts'
import type { ScoreEntry } from './score.ts'
import { quanta, shareOf } from './shares.ts'

/** Positions of a service's latest turns that its line names. */
const TURNS_NAMED = 12

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

/** [SC1] The points of availability; with no attack in the timeline it is worth the whole exercise. */
function availabilityBudget(scenario: Scenario): number {
  const { availability, defence, recovery } = scenario.scoring
  return quanta(attackWeight(scenario) > 0 ? availability : availability + defence + recovery)
}

/** [SC3] [SC4] [SC5] One entry for each service that has a weight. */
export function availabilityEntries(
  scenario: Scenario,
  team: TeamState,
  atMs: number,
): readonly ScoreEntry[] {
  const budget = availabilityBudget(scenario)
  const all = scenario.services.reduce((sum, s) => sum + s.weight, 0)
  const entries: ScoreEntry[] = []
  let before = 0
  for (const service of scenario.services) {
    const share = shareOf(budget, service.weight, before, all)
    before += service.weight
    const state = team.services.find((s) => s.id === service.id)
    if (state && service.weight > 0) entries.push(serviceEntry(scenario, service, state, share, atMs))
  }
  return entries
}

function serviceEntry(
  scenario: Scenario,
  service: Service,
  state: ServiceState,
  share: number,
  atMs: number,
): ScoreEntry {
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
  const worst = state.journeys.find((j) => j.verdict === state.verdict)
  return {
    id: `availability/${service.id}`,
    category: 'availability',
    points,
    possible,
    code: 'availability.service',
    params: {
      upMs: mean(up),
      slowMs: mean(slow),
      brokenMs: mean(broken),
      downMs: mean(down),
      unknownMs: Math.max(0, atMs - mean(up + slow + broken + down)),
    },
    service: service.id,
    attack: null,
    rule: 'SC3',
    events: state.history.slice(-TURNS_NAMED).map((turn) => turn.position),
    evidence: state.verdict === 'up' || state.verdict === 'unknown' ? null : (worst?.evidence ?? null),
  }
}

/** Known time only: what was unknown is neither won nor lost. */
const possibleOf = (share: number, { up, slow, broken, down }: Tally, durationMs: number) =>
  Math.floor((share * (up + slow + broken + down)) / durationMs)

const pointsOf = (share: number, tally: Tally, durationMs: number, scoring: ScoringWeights) =>
  Math.floor(
    (share * (tally.up + scoring.slowCredit * tally.slow + scoring.brokenCredit * tally.broken)) / durationMs,
  )
