import type { State, TeamState } from '../fold/state.ts'
import { passing } from '../fold/verdicts.ts'
import type { Moment } from './moment.ts'
import { dueNow, type Records, type TaskRecord, type Wanted } from './task.ts'

/** So many of its intervals, as they are stretched, a verdict holds without a look. [SC19] */
const INTERVALS = 3

/**
 * Verdicts that nobody has looked after for too long: they become unknown. Bad ones only where that is the platform's own doing: else a team whose services hang would
 * keep its own looks from coming, and be excused by it. A look that goes on is a look.
 */
export function wantedUnseen(state: State, records: Records, now: Moment): readonly Wanted[] {
  if (state.phase !== 'running' || now.atMs >= state.scenario.durationMs) return []
  return state.teams.flatMap((team) =>
    state.scenario.services.flatMap(({ journeys }, index) =>
      journeys.flatMap(({ id, everyMs }) => unseen(state, records, now, team, index, id, everyMs) ?? []),
    ),
  )
}

function unseen(
  state: State,
  records: Records,
  now: Moment,
  team: TeamState,
  index: number,
  journey: string,
  everyMs: number,
): Wanted | null {
  const service = team.services[index]
  const verdict = service?.journeys.find(({ id }) => id === journey)?.verdict ?? 'unknown'
  if (!service || verdict === 'unknown') return null
  const record = records.tasks.get(`${team.id}/${service.id}/${journey}`)
  if (!record?.ended || !record.seen) return null
  const ours = record.faults > 0
  if (!passing(verdict) && !ours && !state.strain.late) return null
  const forMs = now.atMs - record.seen.atMs
  if (!tooLong(state, record, record.seen, now, everyMs)) return null
  const task = { kind: 'unseen', team: team.id, service: service.id, journey, forMs } as const
  const key = `unseen/${team.id}/${service.id}/${journey}`
  return dueNow({ ...task, why: ours ? 'fault' : 'late' }, { key, team: team.id }, now.atMs)
}

/** By both clocks: exercise time leaps where quiet time is skipped, and stands while the exercise is paused. */
function tooLong({ strain, speed }: State, record: TaskRecord, seen: Moment, now: Moment, everyMs: number) {
  const most = INTERVALS * everyMs * Math.max(record.stretch, strain.stretch)
  return now.atMs - seen.atMs > most && now.wallMs - seen.wallMs > most / speed
}
