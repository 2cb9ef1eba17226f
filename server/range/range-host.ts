import type { RangeHost } from '../engine/range-host.ts'
import type { RangeOptions } from './core.ts'
import { removeExercise, sweep } from './enclave/sweep.ts'
import { openRange } from './range.ts'

/** Ranges of one installation (`home`) on a container engine. */
export function openRangeHost(
  options: Omit<RangeOptions, 'exerciseId' | 'seed' | 'spec'> & { readonly home: string },
): RangeHost {
  const { docker, home } = options
  return {
    range: (of) => openRange({ ...options, ...of }),
    async sweep(keep) {
      await sweep(docker, { home, keep })
    },
    async remove(exerciseId) {
      await removeExercise(docker, exerciseId)
    },
  }
}
