import type { WorldState } from '../fold/control-state.ts'
import { type State, serviceOf, type TeamState } from '../fold/state.ts'
import { rests } from './again.ts'
import type { Moment } from './moment.ts'
import { dueNow, type Records, type TaskRecord, type Wanted } from './task.ts'

/**
 * What keeps the range as world events and white want it, also in a pause: an event that stands is put there once by this platform, and again when something has
 * undone it; one whose time is over is undone; what white asked of a service is done, and so is a move to another machine. All of it may be done again after a crash, and is then.
 */
export function wantedControl(state: State, records: Records, now: Moment): readonly Wanted[] {
  const wanted = state.teams.flatMap((team) => [
    ...team.world
      .filter(({ endedMs }) => endedMs === null)
      .flatMap((event) => worldWanted(team, event, records, now)),
    ...team.acts
      .filter(({ finishedMs }) => finishedMs === null)
      .map(({ act, service }) =>
        dueNow(
          { kind: 'service-act', team: team.id, act },
          { key: `service-act/${team.id}/${act}`, team: team.id, touches: `range/${team.id}/${service}` },
          now.atMs,
        ),
      ),
  ])
  const moves = state.moving.map((team) =>
    dueNow({ kind: 'move', team }, { key: `move/${team}`, team, touches: `move/${team}` }, now.atMs),
  )
  return [...wanted, ...moves].filter(({ key }) => !rests(records.tasks.get(key), now))
}

function worldWanted(team: TeamState, event: WorldState, records: Records, now: Moment): readonly Wanted[] {
  const { entry, untilMs } = event
  const touches = `world/${team.id}/${entry}`
  const of = (kind: 'world-hold' | 'world-end') =>
    dueNow(
      { kind, team: team.id, entry },
      { key: `${kind}/${team.id}/${entry}`, team: team.id, touches },
      now.atMs,
    )
  if (now.atMs >= untilMs) return [of('world-end')]
  const record = records.tasks.get(`world-hold/${team.id}/${entry}`)
  return holds(team, event, record) ? [] : [of('world-hold')]
}

/** It was put there, and nothing has happened since that may have undone it: a container that should stand still was started. */
function holds(team: TeamState, { info, dead }: WorldState, record: TaskRecord | undefined): boolean {
  if (!record?.ended || record.faults > 0) return false
  if (info.effect !== 'stop') return true
  return !info.services.some((id) => {
    const service = serviceOf(team, id)
    return service && !service.containerDown && service.turned > record.startedBy && !dead.includes(id)
  })
}
