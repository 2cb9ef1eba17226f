import type { RangeHost } from '../engine/ports/range-host.ts'
import type { RangeOptions } from './core.ts'
import { type Removed, removeExercise, stuckText, sweep } from './enclave/sweep.ts'
import { enclavesCarried } from './machine/carries.ts'
import { openRange } from './range.ts'

export type RangeHostOptions = Omit<RangeOptions, 'exerciseId' | 'seed' | 'spec'> & { readonly home: string }

/** Ranges of one installation (`home`) on a container engine. */
export function openRangeHost(options: RangeHostOptions): RangeHost {
  const { docker, home } = options
  const tellStuck = ({ stuck }: Removed) => {
    if (stuck.length > 0) options.say?.(stuckText(stuck))
  }
  return {
    range: (of) => openRange({ ...options, ...of }),
    carries: (inEnclave) => enclavesCarried(docker, inEnclave),
    sweep: async (keep) => tellStuck(await sweep(docker, { home, keep })),
    remove: async (exerciseId) => tellStuck(await removeExercise(docker, exerciseId)),
    close: () => {},
  }
}
