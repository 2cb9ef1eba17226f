import { gradedVersion, gradeOf, type InjectState, isLate } from '../../fold/inject-state.ts'
import { type AttackState, attackOf, injectOf, type State, type TeamState } from '../../fold/state.ts'
import type { EntryNotes, Phase, Scenario } from '../../scenario/model.ts'
import type { Text } from '../../scenario/words.ts'
import { recoveryMs } from '../../scoring/recovery.ts'

/** From such a part of what was tested on an objective is met, and partly met. */
export const MET = 0.75
export const PARTLY = 0.4

/** How far a team reached it; `open` while nobody can say, `void` where nobody ever can. */
type Found = 'met' | 'partly' | 'not' | 'open' | 'void'

/** How far an objective was reached. `open`: nobody can say yet. After the end that is `waiting`, as long as only grades are missing, or `untested`. */
export type Reached = 'met' | 'partly' | 'not' | 'open' | 'waiting' | 'untested'

/** What one entry of the timeline showed of an objective: how many teams it came to, and how many of them met it. */
export interface ObjectiveProof {
  readonly kind: 'attack' | 'inject'
  readonly id: string
  readonly title: Text
  readonly met: number
  readonly partly: number
  readonly not: number
  readonly open: number
  /** It came, and nobody could judge it: the platform failed, or time was over before. */
  readonly void: number
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
 * they were out later. A message meets it by the grade of its answer. The objective goes by the mean of all of them. Once it is over nothing of it is to be seen yet but grades.
 */
export function objectiveFacts(state: State, atMs: number): readonly ObjectiveFacts[] {
  return state.scenario.objectives.map(({ id, title }) => {
    const proofs = [...attackProofs(state, id), ...injectProofs(state, id, atMs)]
    const sum = (of: Found) => proofs.reduce((all, proof) => all + proof[of], 0)
    const judged = sum('met') + sum('partly') + sum('not')
    const share = judged === 0 ? null : (sum('met') + sum('partly') / 2) / judged
    const unknown = state.phase !== 'ended' ? 'open' : sum('open') > 0 ? 'waiting' : 'untested'
    return { id, title, share, proofs, reached: share === null ? unknown : reachedBy(share) }
  })
}

const reachedBy = (share: number) => (share >= MET ? 'met' : share >= PARTLY ? 'partly' : 'not')

const tests =
  (objective: string) =>
  ({ objectives }: Pick<EntryNotes, 'objectives'>): boolean =>
    objectives?.includes(objective) ?? false

function counted(
  kind: ObjectiveProof['kind'],
  { id, title }: { readonly id: string; readonly title: Text },
  found: readonly Found[],
): ObjectiveProof {
  const count = (of: Found) => found.filter((one) => one === of).length
  return {
    kind,
    id,
    title,
    met: count('met'),
    partly: count('partly'),
    not: count('not'),
    open: count('open'),
    void: count('void'),
  }
}

const attackProofs = ({ scenario, teams, phase }: State, objective: string): readonly ObjectiveProof[] =>
  scenario.attacks.filter(tests(objective)).map((attack) =>
    counted(
      'attack',
      attack,
      teams.flatMap((team) => {
        const begun = attackOf(team, attack.id)
        return begun ? onceOver(phase, attackReached(team, begun, scenario)) : []
      }),
    ),
  )

/** What is still under way when all is over is judged no more. */
const onceOver = (phase: Phase, found: Found): Found =>
  phase === 'ended' && found === 'open' ? 'void' : found

function attackReached(team: TeamState, attack: AttackState, { scoring }: Scenario): Found {
  if (attack.state === 'void') return 'void'
  if (attack.state === 'blocked') return 'met'
  if (attack.state === 'blocked-by-outage') return 'not'
  if (attack.state !== 'landed') return 'open'
  if (attack.closedMs === null) return 'not'
  return (recoveryMs(team, attack) ?? Infinity) <= scoring.recoveryFullMs ? 'met' : 'partly'
}

const injectProofs = (
  { scenario, teams, phase }: State,
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
          return sent ? injectReached(sent, atMs, phase) : []
        }),
      ),
    )

function injectReached(sent: InjectState, atMs: number, phase: Phase): Found {
  const grade = gradeOf(sent.grades)
  if (grade) return reachedBy(grade.share)
  // An answer can be graded after the end, too.
  if (gradedVersion(sent)) return 'open'
  return isLate(sent, atMs) ? 'not' : onceOver(phase, 'open')
}
