import { nationalView } from '#exercise/views/national-view.ts'
import type { NationalView } from '#exercise/views/views.ts'
import { perMoment } from './per-moment.ts'
import { useAtMs, useExerciseState } from './use-view.ts'

const nationalOnce = perMoment(nationalView, () => '')

/** The picture of all countries. */
export function useNational(): NationalView {
  return nationalOnce(useExerciseState(), useAtMs())
}
