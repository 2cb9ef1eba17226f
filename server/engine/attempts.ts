import type { Scenario } from '../exercise/model.ts'
import type { Clock, Range, RunResult } from './ports.ts'

export interface Attempt {
  readonly result: 'landed' | 'failed' | 'fault'
  /** Of a failed exploit: the service and all that it needs still do their work. */
  readonly alive: boolean
  readonly evidence: RunResult['evidence']
}

type Standing = 'works' | 'away' | 'unknown'

/** The service with everything it needs, directly or not. */
export function withNeeds(scenario: Scenario, service: string): readonly string[] {
  const found = new Set<string>()
  const visit = (id: string) => {
    if (found.has(id)) return
    found.add(id)
    for (const need of scenario.services.find((s) => s.id === id)?.needs ?? []) visit(need)
  }
  visit(service)
  return [...found]
}

/**
 * Whether a service still does its work: each of its journeys passes, and each service it needs passes its light check.
 * Each failing run gets a second look. So a service that is broken or cut off does not count as defended.
 */
export async function standing(
  range: Range,
  scenario: Scenario,
  team: string,
  service: string,
): Promise<Standing> {
  const runs = withNeeds(scenario, service).flatMap((id) =>
    (scenario.services.find((s) => s.id === id)?.journeys ?? [])
      .filter((journey) => id === service || journey.alive)
      .map((journey) => ({ service: id, journey: journey.id })),
  )
  const results = await Promise.all(
    runs.map(async (run) => {
      const first = await range.runJourney(team, run.service, run.journey)
      return first.outcome === 'pass' ? first : range.runJourney(team, run.service, run.journey)
    }),
  )
  if (results.some((result) => result.outcome === 'fail')) return 'away'
  return results.some((result) => result.outcome === 'fault') ? 'unknown' : 'works'
}

/**
 * Runs a weakness's exploit and says what it means. An exploit that got no answer is tried once more, so that one lost
 * packet is no defence. One that could not even be prepared because the service is away counts as failed by outage.
 */
export async function attemptExploit(
  range: Range,
  scenario: Scenario,
  target: { readonly team: string; readonly service: string; readonly weakness: string },
): Promise<Attempt> {
  let run = await range.runExploit(target.team, target.weakness)
  if (run.outcome !== 'pass' && run.verdict !== 'broken')
    run = await range.runExploit(target.team, target.weakness)
  if (run.outcome === 'pass') return { result: 'landed', alive: true, evidence: run.evidence }
  const now = await standing(range, scenario, target.team, target.service)
  if (now === 'away') return { result: 'failed', alive: false, evidence: run.evidence }
  if (run.outcome === 'fault' || now === 'unknown')
    return { result: 'fault', alive: false, evidence: run.evidence }
  return { result: 'failed', alive: true, evidence: run.evidence }
}

/** A service that is away is given this long to come back, so that a restart of a second is not taken for hiding. Wall time, ms. */
const AWAY_TRIES = 3
const AWAY_WAIT_MS = 4_000

/** An attacker's patience: as `attemptExploit`, and where the service is away it comes back a few times before it gives up. */
export async function attemptAttack(
  range: Range,
  clock: Clock,
  scenario: Scenario,
  target: Parameters<typeof attemptExploit>[2],
): Promise<Attempt> {
  let attempt = await attemptExploit(range, scenario, target)
  for (let turn = 1; turn < AWAY_TRIES && attempt.result === 'failed' && !attempt.alive; turn++) {
    await clock.sleep(AWAY_WAIT_MS)
    attempt = await attemptExploit(range, scenario, target)
  }
  return attempt
}
