import { type State, viewAt } from '../../fold/state.ts'
import { namedTitle } from '../../scenario/named-title.ts'
import type { Text } from '../../scenario/words.ts'
import { type AgreementFacts, agreementFacts } from './agreement.ts'
import { type FlatEntry, flatEntries } from './flat-entries.ts'
import { type HeatAttack, heatMap } from './heat.ts'
import { type StandingFacts, standingsFor } from './minister-facts.ts'
import { type TechniqueFacts, techniqueFacts } from './navigator-layer.ts'
import { type ObjectiveFacts, objectiveFacts } from './objectives.ts'
import { type Plan, planFacts } from './plan.ts'
import { type PlatformFacts, platformFacts } from './platform-facts.ts'

/** What those read who ran the exercise, and want the next one to be better. */
export interface ExconFacts {
  readonly title: Text
  readonly atMs: number
  readonly durationMs: number
  readonly ended: boolean
  /** Names of those who ran it, where they are known. */
  readonly instructors: readonly string[]
  readonly standings: readonly StandingFacts[]
  readonly objectives: readonly ObjectiveFacts[]
  readonly heat: readonly HeatAttack[]
  readonly flat: readonly FlatEntry[]
  readonly agreement: AgreementFacts
  readonly platform: PlatformFacts
  readonly techniques: readonly TechniqueFacts[]
  readonly plan: Plan
}

/** For white. `nowMs` as for `exerciseView`. */
export function exconFacts(state: State, nowMs: number): ExconFacts {
  const atMs = viewAt(state, nowMs)
  return {
    title: namedTitle(state.name, state.scenario.title),
    atMs,
    durationMs: state.scenario.durationMs,
    ended: state.phase === 'ended',
    instructors: state.instructors,
    standings: standingsFor(state, atMs, { seat: 'white' }),
    objectives: objectiveFacts(state, atMs),
    heat: heatMap(state, atMs),
    flat: flatEntries(state, atMs),
    agreement: agreementFacts(state),
    platform: platformFacts(state, atMs),
    techniques: techniqueFacts(state),
    plan: planFacts(state, atMs),
  }
}
