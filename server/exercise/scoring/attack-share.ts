import { byMoment, type Concluded, concluded } from '../fold/judged.ts'
import { attackWeight } from '../scenario/weaknesses.ts'
import type { Given } from './category.ts'
import { shareOf } from './shares.ts'

/** Attacks on the team that were judged, by their moment in the timeline. */
export const judgedAttacks = ({ team }: Given): readonly Concluded[] =>
  team.attacks.filter(concluded).toSorted(byMoment)

/** What an attack is worth in a category that goes by attacks, and what the category says of it in any case. */
export const attackBase = (
  { budget, scenario }: Given,
  { attack, info, evidence, concludedBy }: Concluded,
) => ({
  id: attack,
  possible: shareOf(budget, info.weight, info.weightBefore, attackWeight(scenario)),
  params: {},
  service: info.service,
  attack,
  events: [concludedBy] as readonly number[],
  evidence,
})
