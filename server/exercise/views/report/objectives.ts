import { gradedVersion, gradeOf, type InjectState, isLate } from '../../fold/inject-state.ts'
import { type AttackState, attackOf, injectOf, type State, type TeamState } from '../../fold/state.ts'
import type { EntryNotes, Scenario } from '../../scenario/model.ts'
import type { Text } from '../../scenario/words.ts'
import { recoveryMs } from '../../scoring/recovery.ts'

/** From such a part of what was tested on an objective is met, and partly met. */
export const MET = 0.75
export const PARTLY = 0.4

/** How far something was reached; `open` while nobody can say. */
export type Reached = 'met' | 'partly' | 'not' | 'open'

/** What one entry of the timeline showed of an objective: how many teams it came to, and how many of them met it. */
export interface ObjectiveProof {
  readonly kind: 'attack' | 'inject'
  readonly id: string
  readonly title: Text
  readonly met: number
  readonly partly: number
  readonly not: number
  readonly open: number
}

export interface ObjectiveFacts {
  readonly id: string
  readonly title: Text
  readonly reached: Reached
  /** Mean over what was judged, `partly` counting half; null where nothing was. */
  readonly share: number | null
  readonly proofs: readonly ObjectiveProof[]
}

/**
 * What the exercise was for, and how far that was reached, for white. An attack meets its objective where it was stopped, or all was restored within the time that costs nothing [SC9]; partly where
 * they were out later. A message meets it by the grade of its answer. The objective goes by the mean of all of them.
 */
export function objectiveFacts(state: State, atMs: number): readonly ObjectiveFacts[] {
  return state.scenario.objectives.map(({ id, title }) => {
    const proofs = [...attackProofs(state, id), ...injectProofs(state, id, atMs)]
    const sum = (of: Reached) => proofs.reduce((all, proof) => all + proof[of], 0)
    const judged = sum('met') + sum('partly') + sum('not')
    const share = judged === 0 ? null : (sum('met') + sum('partly') / 2) / judged
    return { id, title, share, proofs, reached: share === null ? 'open' : reachedBy(share) }
  })
}

const reachedBy = (share: number): Reached => (share >= MET ? 'met' : share >= PARTLY ? 'partly' : 'not')

const tests =
  (objective: string) =>
  ({ objectives }: Pick<EntryNotes, 'objectives'>): boolean =>
    objectives?.includes(objective) ?? false

function counted(
  kind: ObjectiveProof['kind'],
  { id, title }: { readonly id: string; readonly title: Text },
  found: readonly Reached[],
): ObjectiveProof {
  const count = (of: Reached) => found.filter((one) => one === of).length
  return {
    kind,
    id,
    title,
    met: count('met'),
    partly: count('partly'),
    not: count('not'),
    open: count('open'),
  }
}

const attackProofs = ({ scenario, teams }: State, objective: string): readonly ObjectiveProof[] =>
  scenario.attacks.filter(tests(objective)).map((attack) =>
    counted(
      'attack',
      attack,
      teams.flatMap((team) => {
        const begun = attackOf(team, attack.id)
        return begun && begun.state !== 'void' ? attackReached(team, begun, scenario) : []
      }),
    ),
  )

function attackReached(team: TeamState, attack: AttackState, { scoring }: Scenario): Reached {
  if (attack.state === 'blocked') return 'met'
  if (attack.state === 'blocked-by-outage') return 'not'
  if (attack.state !== 'landed') return 'open'
  if (attack.closedMs === null) return 'not'
  return (recoveryMs(team, attack) ?? Infinity) <= scoring.recoveryFullMs ? 'met' : 'partly'
}

const injectProofs = (
  { scenario, teams }: State,
  objective: string,
  atMs: number,
): readonly ObjectiveProof[] =>
  scenario.injects
    .filter(({ expects }) => expects !== null)
    .filter(tests(objective))
    .map((inject) =>
      counted(
        'inject',
        inject,
        teams.flatMap((team) => {
          const sent = injectOf(team, inject.id)
          return sent ? injectReached(sent, atMs) : []
        }),
      ),
    )

function injectReached(sent: InjectState, atMs: number): Reached {
  const grade = gradeOf(sent.grades)
  if (grade) return reachedBy(grade.share)
  return !gradedVersion(sent) && isLate(sent, atMs) ? 'not' : 'open'
}
