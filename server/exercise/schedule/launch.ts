import { isTouched } from '../fold/interruption.ts'
import { attackOf, type State, type TeamState } from '../fold/state.ts'
import { rulesOf } from '../ledger/rules.ts'
import type { Attack } from '../scenario/model.ts'
import { wayIn } from './chains.ts'
import { momentOf } from './moment-of.ts'

/**
 * What is to be done about an attack on a team at a moment: nothing yet (`not-due`, or `waiting` for the attack that it comes after or, a second time, for measurements that are on time; or for what was taken away from the team), nothing any more
 * (`begun`), or the attempt of that number: to be launched, or known beforehand to be `closed`, blocked by `outage` or `void`. [SC12] [SC14]
 */
export type Launch =
  | { readonly kind: 'not-due' | 'waiting' | 'begun' }
  | {
      readonly kind: 'launch' | 'closed' | 'outage' | 'void'
      readonly attempt: number
      /** Its moment, by its trigger. Exercise time. */
      readonly momentMs: number
    }

export function launchOf(state: State, team: TeamState, attack: Attack, atMs: number): Launch {
  const momentMs = momentOf(state, team, 'attack', attack, atMs)
  if (momentMs === null || atMs < momentMs) return { kind: 'not-due' }
  const before = attackOf(team, attack.id)
  if (before && before.state !== 'abandoned') return { kind: 'begun' }
  const attempt = (before?.attempt ?? 0) + 1
  const { attempts } = rulesOf(state)
  if (attempt > attempts) return { kind: 'begun' }
  // What was abandoned is tried again when measurements can tell what comes of it. [SC19]
  if (before && state.strain.late) return { kind: 'waiting' }
  // Of what was taken away from the team nothing could be judged. [SC24]
  if (isTouched(team, attack.service)) return { kind: 'waiting' }
  const way = wayIn(team, attack)
  if (way === 'waiting') return { kind: 'waiting' }
  if (way === 'void') return { kind: 'void', attempt: attempts, momentMs }
  return { kind: way === 'open' ? 'launch' : way, attempt, momentMs }
}

/** Attacks of which an attempt is to be made on the team at `atMs`. */
export const attacksToLaunch = (state: State, team: TeamState, atMs: number): readonly Attack[] =>
  state.scenario.attacks.filter((attack) => 'attempt' in launchOf(state, team, attack, atMs))

/** Whether an attack on a weakness of the team waits for its turn at `atMs`: its moment has come, and something that touches the same goes on. */
export const attackWaits = (state: State, team: TeamState, weakness: string, atMs: number): boolean =>
  attacksToLaunch(state, team, atMs).some((attack) => attack.weakness === weakness)
