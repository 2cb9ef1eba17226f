import type { Exercise } from '../../server/engine/platform/exercise.ts'
import type { Exercises } from '../../server/engine/platform/exercises.ts'

/** A platform of these exercises, all open, the first of them the current one. */
export function exercisesOf(...all: readonly [Exercise, ...Exercise[]]): Exercises {
  return {
    current: all[0].engine.exerciseId,
    find: async (exerciseId) => all.find(({ engine }) => engine.exerciseId === exerciseId) ?? null,
    hold: () => true,
    release: () => {},
    list: async () => [],
    onAway: () => () => {},
  }
}
