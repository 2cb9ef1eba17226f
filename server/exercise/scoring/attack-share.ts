import { byMoment, type Concluded, concluded } from '../fold/judged.ts'
import { attackWeight } from '../scenario/weaknesses.ts'
import { placesAmong } from './added-weight.ts'
import type { Given } from './category.ts'
import { shareOf } from './shares.ts'

/** Attacks on the team that were judged and count, by their moment in the timeline. */
export const judgedAttacks = ({ team }: Given): readonly Concluded[] =>
  team.attacks
    .filter(concluded)
    .filter(({ info }) => info.weight > 0)
    .toSorted(byMoment)

/** What each attack is worth in a category that goes by attacks, and what the category says of it in any case. */
export const attackBases = ({ scenario, team, budget }: Given) => {
  const judged = team.attacks.filter((one) => one.info.added && concluded(one)).map((one) => one.info)
  const placeOf = placesAmong(attackWeight(scenario), judged)
  return ({ attack, info, evidence, concludedBy }: Concluded) => {
    const { before, all } = placeOf(info)
    return {
      id: attack,
      possible: shareOf(budget, info.weight, before, all),
      params: {},
      service: info.service,
      attack,
      events: [concludedBy] as readonly number[],
      evidence,
    }
  }
}
export type AttackBase = ReturnType<ReturnType<typeof attackBases>>
