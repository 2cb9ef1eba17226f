import { type Concluded, concluded, restored } from '../../fold/judged.ts'
import type { TeamState } from '../../fold/state.ts'
import { infoFor } from '../../ledger/audience.ts'
import { type Moment, moment } from './moment.ts'

const CAME_OUT = {
  landed: { code: 'attack.landed', tone: 'bad' },
  blocked: { code: 'attack.blocked', tone: 'good' },
  'blocked-by-outage': { code: 'attack.outage', tone: 'warning' },
} as const

/** Attacks on a team that were judged, as far as the team may know them, with what became of them. */
export const attackMoments = (team: TeamState): readonly Moment[] =>
  team.attacks.filter(concluded).flatMap((attack) => [cameOut(team, attack), ...mended(team, attack)])

function cameOut(team: TeamState, attack: Concluded): Moment {
  const { state } = attack
  const { code, tone } = CAME_OUT[state === 'blocked' || state === 'blocked-by-outage' ? state : 'landed']
  return moment(
    { id: `attack/${attack.attack}`, atMs: attack.concludedMs, kind: 'attack', code },
    { ...named(team, attack), tone, events: [attack.concludedBy] },
  )
}

function mended(team: TeamState, attack: Concluded): readonly Moment[] {
  const { attack: id, closedMs, closedBy } = attack
  if (closedMs === null) return []
  const about = named(team, attack)
  const again = restored(team, attack)
  const closed = moment(
    { id: `attack/${id}/closed`, atMs: closedMs, kind: 'attack', code: 'attack.closed' },
    { ...about, tone: 'good', events: [closedBy] },
  )
  // Where the service did its work all the while, both are one.
  if (!again || again.ms === closedMs) return [closed]
  return [
    closed,
    moment(
      { id: `attack/${id}/restored`, atMs: again.ms, kind: 'attack', code: 'attack.restored' },
      { ...about, tone: 'good', events: [again.by] },
    ),
  ]
}

function named(team: TeamState, attack: Concluded): Pick<Moment, 'title' | 'service'> {
  const { title, service } = infoFor({ seat: 'blue', team: team.id }, team.id, attack.info)
  return { title, service }
}
