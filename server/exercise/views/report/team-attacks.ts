import { byMoment, concluded } from '../../fold/judged.ts'
import type { State, TeamState } from '../../fold/state.ts'
import { infoFor } from '../../ledger/audience.ts'
import type { AttackInfo } from '../../scenario/model.ts'
import type { Text } from '../../scenario/words.ts'
import { attackGroups } from '../wall/bouts.ts'
import { type AttackTimes, attackTimes } from './attack-times.ts'

/** Who drove out attackers who came by the same way, and was done sooner than this team. */
export interface Elsewhere {
  /** Teams that were sooner; how long the soonest took, and this one. ms, null where it never did. */
  readonly sooner: number
  readonly fastest: string
  readonly fastestMs: number
  readonly ownMs: number | null
}

export interface TeamAttack {
  readonly attack: string
  readonly title: Text
  readonly service: string
  /** Empty where the team is to find it out itself. */
  readonly technique: string
  readonly owasp: string
  readonly cwe: string
  readonly state: 'landed' | 'blocked' | 'blocked-by-outage'
  readonly times: AttackTimes
  /** Whose data it took, and of how many people; null where it takes none or did not land. */
  readonly taken: AttackInfo['takes'] | null
  /** It landed by a way in that the team had closed at that moment: its fix had left something open. Null: it did not. */
  readonly closedBeforeMs: number | null
  /** At the end only; null before, and where nobody was sooner. */
  readonly elsewhere: Elsewhere | null
}

/** Attacks on a team that were judged, in the order of the timeline, as far as the team may know them. */
export function teamAttacks(state: State, team: TeamState, atMs: number): readonly TeamAttack[] {
  return team.attacks
    .filter(concluded)
    .toSorted(byMoment)
    .flatMap((one): readonly TeamAttack[] => {
      const { attack, state: fate } = one
      if (fate !== 'landed' && fate !== 'blocked' && fate !== 'blocked-by-outage') return []
      const {
        title,
        service,
        technique,
        owasp,
        cwe = '',
        takes,
      } = infoFor({ seat: 'blue', team: team.id }, team.id, one.info)
      return [
        {
          attack,
          title,
          service,
          technique,
          owasp,
          cwe,
          state: fate,
          times: attackTimes(team, one, atMs),
          taken: fate === 'landed' ? (takes ?? null) : null,
          closedBeforeMs: fate === 'landed' ? closedBefore(team, one) : null,
          elsewhere:
            state.phase === 'ended' && fate === 'landed' ? elsewhere(state, team, attack, atMs) : null,
        },
      ]
    })
}

/** When the team had closed last what an attack that landed came through; null where it never had, or is not to know what that is. */
function closedBefore(team: TeamState, { info, concludedMs }: TeamState['attacks'][number]): number | null {
  if (info.weakness === '' || concludedMs === null) return null
  const closed = team.attacks.flatMap((other) =>
    other.info.weakness === info.weakness && other.closedMs !== null && other.closedMs <= concludedMs
      ? [other.closedMs]
      : [],
  )
  return closed.length === 0 ? null : Math.max(...closed)
}

function elsewhere(state: State, team: TeamState, attack: string, atMs: number): Elsewhere | null {
  const group = attackGroups(state, atMs).find((bouts) =>
    bouts.some((bout) => bout.team.id === team.id && bout.attack?.attack === attack),
  )
  const own = group?.find((bout) => bout.team.id === team.id && bout.attack?.attack === attack)
  if (!group || !own) return null
  const took = (bout: typeof own) => (bout.toMs === null ? null : bout.toMs - bout.fromMs)
  const ownMs = took(own)
  const sooner = group
    .filter((bout) => bout.team.id !== team.id)
    .flatMap((bout) => {
      const ms = took(bout)
      return ms !== null && (ownMs === null || ms < ownMs) ? [{ team: bout.team.id, ms }] : []
    })
    .toSorted((a, b) => a.ms - b.ms || (a.team < b.team ? -1 : 1))
  const [fastest] = sooner
  if (!fastest) return null
  return {
    sooner: new Set(sooner.map((one) => one.team)).size,
    fastest: fastest.team,
    fastestMs: fastest.ms,
    ownMs,
  }
}
