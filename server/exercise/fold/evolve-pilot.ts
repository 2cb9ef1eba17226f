import type { RecordedOf } from '../ledger/events.ts'
import type { Pilot } from '../scenario/model.ts'
import { handleOf } from '../scenario/weaknesses.ts'
import { type Draft, pushBounded, teamIn } from './draft.ts'
import { tell, tellTeam } from './story.ts'
import { type HandBack, playedByMachine } from './team-acts.ts'

const ACTS_KEPT = 200

export function pilotChanged(draft: Draft, event: RecordedOf<'pilot.changed'>) {
  const { data } = event
  const team = teamIn(draft, data.team)
  if (!team) return
  team.pilot = data.to
  team.handBack = handedTo(team.handBack, data.to, event.at)
  tell(draft, event, 'neutral', 'pilot.changed', {
    team: team.id,
    params: { from: data.from, to: data.to },
  })
}

export function pilotActed(draft: Draft, event: RecordedOf<'pilot.acted'>) {
  const { data } = event
  const team = teamIn(draft, data.team)
  if (!team) return
  const { action, ok, handedBack } = data
  const weakness = data.handle ?? handleOf(draft.root.scenario.weaknesses, data.weakness)
  const act = { weakness, action, ok, atMs: event.at, ...(handedBack && { handedBack }) }
  team.acted = pushBounded(draft, team.acted, act, ACTS_KEPT)
  if (handedBack && ok && action === 'fix')
    team.handBack = { ...team.handBack, mended: team.handBack.mended + 1 }
  const tone = !ok ? 'bad' : action === 'fix' ? 'good' : 'warning'
  tellTeam(draft, team, event, tone, `pilot.${action}`, {
    params: { weakness, ok: ok ? 1 : 0 },
  })
}

/** Time that nobody lived through was played by nobody. */
export function skipHandBack(draft: Draft, id: string, skippedMs: number) {
  const team = teamIn(draft, id)
  if (team?.handBack.sinceMs == null) return
  team.handBack = { ...team.handBack, sinceMs: team.handBack.sinceMs + skippedMs }
}

function handedTo(before: HandBack, to: Pilot, atMs: number): HandBack {
  const machine = to !== 'person' && to !== 'absent'
  const playedMs = playedByMachine(before, atMs)
  return {
    ...before,
    taken: before.taken || to === 'person',
    sinceMs: machine && before.taken ? atMs : null,
    playedMs,
  }
}
