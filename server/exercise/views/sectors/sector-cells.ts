import { interruptedMs } from '../../fold/interruption.ts'
import { byMoment, concluded } from '../../fold/judged.ts'
import type { AttackState, State, TeamState } from '../../fold/state.ts'
import { infoFor } from '../../ledger/audience.ts'
import type { Audience } from '../../scenario/model.ts'
import type { Text } from '../../scenario/words.ts'

/** An attack that has come to at least one team, as far as the audience knows. */
export interface SectorColumn {
  readonly attack: string
  readonly title: Text
  readonly service: string
  /** When it came to the first of them. */
  readonly atMs: number
}

/** `blocked-by-outage`: the service did not do its work either. `not-yet`: it has not come to this team, or that is not known. */
export type SectorState =
  | 'blocked'
  | 'blocked-by-outage'
  | 'closed'
  | 'open'
  | 'under-way'
  | 'void'
  | 'not-yet'

export interface SectorCell {
  readonly attack: string
  readonly state: SectorState
  /** How long the attackers were inside, or have been so far; without the time in which nobody could have driven them out. null where they never were. */
  readonly ms: number | null
  /** No other team drove them out sooner. */
  readonly best: boolean
}

/** Attacks as they stood at `atMs`, newest first: what came to a team later is left out. */
export function sectorColumns(state: State, atMs: number, audience: Audience): readonly SectorColumn[] {
  const first = new Map<string, { readonly attack: AttackState; readonly team: string; atMs: number }>()
  for (const team of state.teams) {
    for (const attack of knownAttacks(team, atMs, audience)) {
      const known = first.get(attack.attack)
      if (known) known.atMs = Math.min(known.atMs, attack.info.atMs)
      else first.set(attack.attack, { attack, team: team.id, atMs: attack.info.atMs })
    }
  }
  return [...first.values()]
    .toSorted((a, b) => b.atMs - a.atMs || byMoment(b.attack, a.attack))
    .map(({ attack, team, atMs: moment }) => {
      // A team reads its own attacks in other words than those of others: of a column everybody reads what all may read.
      const info = infoFor(audience.seat === 'blue' ? { seat: 'guest' } : audience, team, attack.info)
      return { attack: attack.attack, title: info.title, service: info.service, atMs: moment }
    })
}

/** Of each team in `state.teams` its cells, one for each column; the fastest of each column is marked. */
export function sectorCells(
  state: State,
  columns: readonly SectorColumn[],
  atMs: number,
  audience: Audience,
): ReadonlyMap<string, readonly SectorCell[]> {
  const rows = state.teams.map((team) => {
    const known = new Map(knownAttacks(team, atMs, audience).map((attack) => [attack.attack, attack]))
    return columns.map(({ attack }) => cellOf(team, attack, known.get(attack), atMs, state.phase === 'ended'))
  })
  const best = columns.map((_, nth) =>
    Math.min(
      ...rows.map((cells) => (cells[nth]?.state === 'closed' ? (cells[nth].ms ?? Infinity) : Infinity)),
    ),
  )
  return new Map(
    state.teams.map(({ id }, row) => [
      id,
      (rows[row] ?? []).map((cell, nth) => ({
        ...cell,
        // Alone nobody is the fastest.
        best: rows.length > 1 && cell.state === 'closed' && cell.ms === best[nth],
      })),
    ]),
  )
}

/** White knows of those under way and void; everybody else of what was concluded. */
const knownAttacks = (team: TeamState, atMs: number, { seat }: Audience): readonly AttackState[] =>
  seat === 'white'
    ? team.attacks
    : team.attacks.filter((attack) => concluded(attack) && attack.concludedMs <= atMs)

function cellOf(
  team: TeamState,
  attack: string,
  known: AttackState | undefined,
  atMs: number,
  over: boolean,
): Omit<SectorCell, 'best'> {
  if (!known) return { attack, state: 'not-yet', ms: null }
  if (known.state !== 'landed')
    return {
      ...{ attack, ms: null },
      state: known.state === 'abandoned' ? (over ? 'void' : 'under-way') : known.state,
    }
  const fromMs = known.concludedMs ?? atMs
  const closed = known.closedMs !== null && known.closedMs <= atMs
  const toMs = closed ? (known.closedMs ?? atMs) : atMs
  const away = interruptedMs(team, known.info.service, fromMs, toMs)
  return { attack, state: closed ? 'closed' : 'open', ms: Math.max(0, toMs - fromMs - away) }
}
