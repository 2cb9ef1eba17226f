import { type State, serviceOf, teamOf } from '../exercise/fold/state.ts'
import type { Records, TaskRecord } from '../exercise/schedule/task.ts'
import type { LooksSince } from '../exercise/wire/sources.ts'

/** Pure: from the records of the one runner. Of attacks under way, blocked or to come nothing is said. */
export function looksSince(
  state: State,
  records: Pick<Records, 'tasks'>,
  { team: id, service: of }: { readonly team: string; readonly service: string },
): LooksSince {
  const team = teamOf(state, id)
  const service = serviceOf(team, of)
  if (!team || !service?.asked) return { askedMs: null, journeys: [], attacks: [] }
  const { atMs, position } = service.asked
  const looked = (key: string) => isSince(records.tasks.get(key), position)
  const open = team.attacks.filter(
    // Told closed since, though it may have been so from a moment before: the restart itself ended it.
    ({ state: at, info, concludedBy, closedMs, closedBy }) =>
      at === 'landed' &&
      info.service === of &&
      // One that came later is no answer to this restart.
      concludedBy < position &&
      (closedMs === null || closedBy > position),
  )
  return {
    askedMs: atMs,
    journeys: service.journeys.map(({ id: journey }) => ({
      journey,
      looked: looked(`${id}/${of}/${journey}`),
    })),
    attacks: open.map(({ attack, closedMs }) => ({
      attack,
      looked: closedMs !== null || looked(`foothold/${id}/${attack}`),
    })),
  }
}

/** A run that began after it is over, and told something. */
const isSince = (record: TaskRecord | undefined, position: number): boolean =>
  record !== undefined && record.startedBy >= position && record.ended !== null && record.faults === 0
