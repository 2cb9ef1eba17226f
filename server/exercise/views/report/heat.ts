import type { State } from '../../fold/state.ts'
import { attackOf } from '../../fold/state.ts'
import { infoFor } from '../../ledger/audience.ts'
import type { Text } from '../../scenario/words.ts'
import { type SectorState, sectorCells, sectorColumns } from '../sectors/sector-cells.ts'
import { type AttackTimes, attackTimes } from './attack-times.ts'

/** An attack, as a row of the heat map. */
export interface HeatAttack {
  readonly attack: string
  readonly title: Text
  readonly service: string
  /** Empty where nothing names it. */
  readonly technique: string
  readonly owasp: string
  /** When it came to the first team. */
  readonly atMs: number
  /** One for each team, in their order. */
  readonly cells: readonly HeatCell[]
}

export interface HeatCell {
  readonly team: string
  readonly state: SectorState
  /** How long attackers were inside, without the time in which nobody could have driven them out; null where they never were. ms */
  readonly ms: number | null
  /** No other team drove them out sooner. */
  readonly best: boolean
  /** Part of the time after which a foothold has cost all it can, 0..1; null where there was none. */
  readonly heat: number | null
  /** null where it has not come to the team. */
  readonly times: AttackTimes | null
}

/** Attacks by teams with their times, in the order in which they came, for white. The states and durations are those of the sector times. */
export function heatMap(state: State, atMs: number): readonly HeatAttack[] {
  const white = { seat: 'white' } as const
  const columns = sectorColumns(state, atMs, white).toReversed()
  const cells = sectorCells(state, columns, atMs, white)
  const zeroMs = Math.max(1, state.scenario.scoring.recoveryZeroMs)
  return columns.map(({ attack, title, service, atMs: fromMs }, nth): HeatAttack => {
    const known = state.teams.flatMap((team) => {
      const begun = attackOf(team, attack)
      return begun ? [infoFor(white, team.id, begun.info)] : []
    })
    return {
      attack,
      title,
      service,
      technique: known[0]?.technique ?? '',
      owasp: known[0]?.owasp ?? '',
      atMs: fromMs,
      cells: state.teams.flatMap((team) => {
        const cell = cells.get(team.id)?.[nth]
        const begun = attackOf(team, attack)
        if (!cell) return []
        return {
          team: team.id,
          state: cell.state,
          ms: cell.ms,
          best: cell.best,
          heat: cell.ms === null ? null : Math.min(1, cell.ms / zeroMs),
          times: begun ? attackTimes(team, begun, atMs) : null,
        }
      }),
    }
  })
}
