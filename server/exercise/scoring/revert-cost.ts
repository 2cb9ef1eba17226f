import type { State } from '../fold/state.ts'
import { REVERT_COST, type ScoringWeights } from '../scenario/model.ts'

/** [SC25] Points of defence that it costs when white puts a service back to its start state. */
export const revertCostOf = ({ revertCost = REVERT_COST }: Pick<ScoringWeights, 'revertCost'>): number =>
  revertCost

/** The same as things are: before the start there is nothing that a team would have been spared. */
export const revertCostNow = ({ phase, scenario }: Pick<State, 'phase' | 'scenario'>): number =>
  phase === 'ready' ? 0 : revertCostOf(scenario.scoring)
