import type { State } from '../exercise/fold/state.ts'
import type { Loot, Scenario } from '../exercise/scenario/model.ts'
import { needsOf } from '../exercise/scenario/needs.ts'
import { lootOf } from '../exercise/schedule/chains.ts'
import type { Clock, Range, RunResult } from './ports/ports.ts'

export interface Attempt {
  readonly result: 'landed' | 'failed' | 'fault'
  /** Of a failed exploit: the service and all that it needs still do their work. */
  readonly alive: boolean
  readonly evidence: RunResult['evidence']
  /** Of a landed exploit: what it carried off. */
  readonly loot: Loot
}

export interface Target {
  readonly team: string
  readonly service: string
  readonly weakness: string
  /** What was carried off from the team so far, by the names that scripts use. */
  readonly loot: Loot
}

type Standing = 'works' | 'away' | 'unknown'

/** Where an attack goes in a team's enclave, with what the attackers have carried off there so far. @throws when the scenario has no such attack. */
export function targetOf(state: State, team: string, attack: string): Target {
  const found = state.scenario.attacks.find(({ id }) => id === attack)
  if (!found) throw new Error(`the timeline names attack ${attack}, the scenario does not`)
  return { team, service: found.service, weakness: found.weakness, loot: lootOf(state, team) }
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
  const runs = [service, ...needsOf(scenario, service)].flatMap((id) =>
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
export const attemptExploit = (range: Range, scenario: Scenario, target: Target): Promise<Attempt> =>
  judge(range, scenario, target, () => range.runExploit(target.team, target.weakness, target.loot))

/** Looks whether a landed attack still has its hold, and says it in the same words: `landed` while it has. */
export const attemptFoothold = (range: Range, scenario: Scenario, target: Target): Promise<Attempt> =>
  judge(range, scenario, target, () => range.runFoothold(target.team, target.weakness, target.loot))

async function judge(
  range: Range,
  scenario: Scenario,
  target: Target,
  once: () => Promise<RunResult>,
): Promise<Attempt> {
  let run = await once()
  if (run.outcome !== 'pass' && run.verdict !== 'broken') run = await once()
  const { evidence } = run
  if (run.outcome === 'pass') return { result: 'landed', alive: true, evidence, loot: run.remember }
  const now = await standing(range, scenario, target.team, target.service)
  if (now === 'away') return { result: 'failed', alive: false, evidence, loot: {} }
  if (run.outcome === 'fault' || now === 'unknown')
    return { result: 'fault', alive: false, evidence, loot: {} }
  return { result: 'failed', alive: true, evidence, loot: {} }
}

/** A service that is away is given this long to come back, so that a restart of a second is not taken for hiding. Wall time, ms. */
const AWAY_TRIES = 3
const AWAY_WAIT_MS = 4_000

/** An attacker's patience: as `attemptExploit`, and where the service is away it comes back a few times before it gives up. */
export async function attemptAttack(
  range: Range,
  clock: Clock,
  scenario: Scenario,
  target: Target,
): Promise<Attempt> {
  let attempt = await attemptExploit(range, scenario, target)
  for (let turn = 1; turn < AWAY_TRIES && attempt.result === 'failed' && !attempt.alive; turn++) {
    await clock.sleep(AWAY_WAIT_MS)
    attempt = await attemptExploit(range, scenario, target)
  }
  return attempt
}
