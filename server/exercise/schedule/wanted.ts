import type { State } from '../fold/state.ts'
import { rests } from './again.ts'
import type { Moment } from './moment.ts'
import type { Records, Task, Wanted } from './task.ts'
import { timelineDue } from './timeline.ts'
import { wantedChecks } from './wanted-checks.ts'
import { wantedFootholds } from './wanted-footholds.ts'
import { wantedVisits } from './wanted-visits.ts'

/**
 * All that is wanted of the range and the people at a moment: the one place that knows. Pure: the same state, records and moment give the same tasks. Before the
 * start and in a pause only what nothing is known of yet is looked at, so that an instructor sees all of it before they go on.
 */
export function wanted(state: State, records: Records, now: Moment): readonly Wanted[] {
  if (state.phase !== 'ready' && state.phase !== 'running' && state.phase !== 'paused') return []
  return [
    ...wantedTimeline(state, records, now),
    ...wantedChecks(state, records, now),
    ...wantedFootholds(state, records, now),
    ...wantedVisits(state, records, now),
  ]
}

function wantedTimeline(state: State, records: Records, now: Moment): readonly Wanted[] {
  const due = timelineDue(state, now.atMs)
  const wanted = [
    ...(due.passTime ? [deadline({ kind: 'pass-time' }, 'pass-time', null, null)] : []),
    ...due.attacks.map(({ team, attack, weakness }) =>
      deadline({ kind: 'attack', team, attack }, `attack/${team}/${attack}`, team, `${team}/${weakness}`),
    ),
    ...due.notes.map(({ team, note }) =>
      deadline({ kind: 'note', team, note }, `note/${team}/${note}`, team, null),
    ),
  ]
  return wanted.filter(({ key }) => !rests(records.tasks.get(key), now))

  function deadline(task: Task, key: string, team: string | null, touches: string | null): Wanted {
    return { task, key, id: key, team, lane: 'deadline', dueMs: now.atMs, everyMs: 1, first: false, touches }
  }
}
