import type { State } from '../exercise/fold/state.ts'
import type { Loot, Scenario } from '../exercise/scenario/model.ts'
import { needsOf } from '../exercise/scenario/needs.ts'
import { lootOf } from '../exercise/schedule/chains.ts'
import { PATIENCE_MS } from '../exercise/schedule/freeze.ts'
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
 * Each failing run gets a second look, unless somebody waits. So a service that is broken or cut off does not count as defended.
 */
export async function standing(
  range: Range,
  scenario: Scenario,
  team: string,
  service: string,
  hurried: () => boolean = () => false,
): Promise<Standing> {
  const runs = [service, ...needsOf(scenario, service)].flatMap((id) =>
    (scenario.services.find((s) => s.id === id)?.journeys ?? [])
      .filter((journey) => id === service || journey.alive)
      .map((journey) => ({ service: id, journey: journey.id })),
  )
  const results = await Promise.all(
    runs.map(async (run) => {
      const first = await range.runJourney(team, run.service, run.journey)
      return first.outcome === 'pass' || hurried() ? first : range.runJourney(team, run.service, run.journey)
    }),
  )
  if (results.some((result) => result.outcome === 'fail')) return 'away'
  return results.some((result) => result.outcome === 'fault') ? 'unknown' : 'works'
}

/**
 * So long after its setup an attacker comes, drawn for each run: an attack on the heels of its own scene would be known by that. A service is looked at more often than this, so that
 * others have come in between. Wall time, ms.
 */
const PAUSE_MS = [2_000, 8_000] as const

const between = ([least, most]: readonly [number, number], random: () => number): number =>
  Math.round(least + random() * (most - least))

/**
 * Runs a weakness's exploit and says what it means: `landed` where the attacker has it; `failed` with `alive` where the attacker was answered and does not
 * have it, the witness was served in the same run, and the service does its work. What got no proper answer is tried once more, so that one lost packet is
 * no defence; what gets none then is no defence either.
 */
export const attemptExploit = (
  range: Range,
  scenario: Scenario,
  target: Target,
  random: () => number = Math.random,
): Promise<Attempt> =>
  judge(range, scenario, target, () =>
    range.runExploit(target.team, target.weakness, target.loot, between(PAUSE_MS, random)),
  )

/**
 * Looks whether a landed attack still has its hold, and says it in the same words: `landed` while it has. `hurried` is asked before a look that was not answered
 * is tried once more: an attack that waits for it waits no longer than one run, whatever a team makes hang.
 */
export const attemptFoothold = (
  range: Range,
  scenario: Scenario,
  target: Target,
  hurried: () => boolean = () => false,
): Promise<Attempt> =>
  judge(range, scenario, target, () => range.runFoothold(target.team, target.weakness, target.loot), hurried)

/** The attacker was told no. Of a script that names no witness the answer alone has to say it. */
export const refused = (run: RunResult): boolean =>
  run.outcome === 'fail' && (run.refused ?? run.verdict === 'broken')

async function judge(
  range: Range,
  scenario: Scenario,
  target: Target,
  once: () => Promise<RunResult>,
  hurried: () => boolean = () => false,
): Promise<Attempt> {
  let run = await once()
  if (run.outcome !== 'pass' && !refused(run) && !hurried()) run = await once()
  const { evidence } = run
  const failed = (result: 'failed' | 'fault', alive = false): Attempt => ({
    result,
    alive,
    evidence,
    loot: {},
  })
  if (run.outcome === 'pass') return { result: 'landed', alive: true, evidence, loot: run.remember }
  if (run.outcome === 'fail' && !refused(run)) return failed('failed')
  // Whoever waits is not kept by a look that decides nothing.
  if (hurried()) return failed('fault')
  const now = await standing(range, scenario, target.team, target.service, hurried)
  if (now === 'away') return failed('failed')
  if (run.outcome === 'fault' || now === 'unknown') return failed('fault')
  return failed('failed', true)
}

/** So long an attacker waits between two tries, at least and at most. Wall time, ms. */
const AGAIN_MS = [2_000, 10_000] as const

/** An attack: as `attemptExploit`, asked again until it is answered or the attacker's patience ends. `random`: in [0, 1). */
export async function attemptAttack(
  range: Range,
  clock: Clock,
  scenario: Scenario,
  target: Target,
  random: () => number = Math.random,
): Promise<Attempt> {
  const since = clock.now()
  for (;;) {
    const attempt = await attemptExploit(range, scenario, target, random)
    const unanswered = attempt.result === 'failed' && !attempt.alive
    const wait = between(AGAIN_MS, random)
    if (!unanswered || clock.now() + wait > since + PATIENCE_MS) return attempt
    await clock.sleep(wait)
  }
}
