import type { State } from '../fold/state.ts'
import { rests } from './again.ts'
import type { Moment } from './moment.ts'
import { dueNow, type Records, type Wanted } from './task.ts'
import { timelineDue } from './timeline.ts'
import { wantedChecks } from './wanted-checks.ts'
import { wantedControl } from './wanted-control.ts'
import { wantedFootholds } from './wanted-footholds.ts'
import { wantedUnseen } from './wanted-unseen.ts'
import { wantedVisits } from './wanted-visits.ts'

/**
 * All that is wanted of the range and the people at a moment: the one place that knows. Pure: the same state, records and moment give the same tasks. Before the
 * start and in a pause only what nothing is known of yet is looked at, so that an instructor sees all of it before they go on.
 */
export function wanted(state: State, records: Records, now: Moment): readonly Wanted[] {
  if (state.phase !== 'ready' && state.phase !== 'running' && state.phase !== 'paused') return []
  return [
    ...wantedTimeline(state, records, now),
    ...wantedControl(state, records, now),
    ...wantedChecks(state, records, now),
    ...wantedFootholds(state, records, now),
    ...wantedVisits(state, records, now),
    ...wantedUnseen(state, records, now).filter(({ key }) => !rests(records.tasks.get(key), now)),
  ]
}

function wantedTimeline(state: State, records: Records, now: Moment): readonly Wanted[] {
  const { atMs } = now
  const due = timelineDue(state, atMs)
  const wanted = [
    ...(due.passTime ? [dueNow({ kind: 'pass-time' }, { key: 'pass-time', team: null }, atMs)] : []),
    ...due.attacks.map(({ team, attack, weakness }) => {
      const touches = `${team}/${weakness}`
      return dueNow(
        { kind: 'attack', team, attack },
        { key: `attack/${team}/${attack}`, team, touches },
        atMs,
      )
    }),
    ...due.notes.map(({ team, note }) =>
      dueNow({ kind: 'note', team, note }, { key: `note/${team}/${note}`, team }, atMs),
    ),
    ...due.injects.map(({ team, inject }) =>
      dueNow({ kind: 'inject', team, inject }, { key: `inject/${team}/${inject}`, team }, atMs),
    ),
    ...due.world.map(({ team, entry }) =>
      dueNow({ kind: 'world-begin', team, entry }, { key: `world-begin/${team}/${entry}`, team }, atMs),
    ),
  ]
  return wanted.filter(({ key }) => !rests(records.tasks.get(key), now))
}
