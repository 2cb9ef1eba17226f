import type { AppealState } from '../fold/appeal-state.ts'
import type { State } from '../fold/state.ts'
import type { Adjustment } from '../fold/team-acts.ts'
import type { Text } from '../scenario/words.ts'

/** What people decided of a team's points, and what counts nowhere: the same by any weights. */
export type Decided = { readonly team: string } & (
  | ({ readonly kind: 'adjustment' } & Adjustment)
  | ({ readonly kind: 'appeal' } & AppealState)
  | { readonly kind: 'void'; readonly title: Text }
)

/** For white: adjustments, then appeals, then attacks that were void, team by team. */
export const decidedByPeople = ({ teams }: State): readonly Decided[] =>
  teams.flatMap(({ id: team, adjustments, appeals, attacks }): readonly Decided[] => [
    ...adjustments.map((one) => ({ team, kind: 'adjustment' as const, ...one })),
    ...appeals.map((one) => ({ team, kind: 'appeal' as const, ...one })),
    ...attacks
      .filter(({ state }) => state === 'void')
      .map(({ info }) => ({ team, kind: 'void' as const, title: info.title })),
  ])
