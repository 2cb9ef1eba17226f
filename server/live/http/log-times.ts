import type { LogPage } from '../../engine/ports/log-search.ts'
import { exerciseTimeAt, timeOfDay, timeOfDayUntil } from '../../exercise/fold/clock-turns.ts'
import type { State } from '../../exercise/fold/state.ts'

type Clock = Pick<State, 'clock'>

/** A span of exercise time as the time of day, in which collectors count. While exercise time stood, all of that time belongs to its moment. */
export function wallRange(state: Clock, from: number | undefined, to: number | undefined) {
  const fromWall = from === undefined ? null : timeOfDay(state, from)
  const toWall = to === undefined ? null : timeOfDayUntil(state, to)
  return {
    ...(fromWall !== null && { fromWall: Math.floor(fromWall) }),
    ...(toWall !== null && { toWall: Math.ceil(toWall) }),
  }
}

/** Lines with the exercise time at which they came in. The team is root where they come from: what is no moment has none. */
export const withExerciseTime = (state: Clock, page: LogPage) => ({
  ...page,
  lines: page.lines.map((line) => {
    const wall = Date.parse(line.at)
    return { ...line, atMs: Number.isNaN(wall) ? null : exerciseTimeAt(state, wall) }
  }),
})
