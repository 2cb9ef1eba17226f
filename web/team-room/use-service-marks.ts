import type { ServiceMark } from '#exercise/fold/small-state.ts'
import type { OwnEdit } from '#exercise/fold/team-acts.ts'
import { useExerciseState } from '../feed/use-view.ts'

const NONE: readonly ServiceMark[] = []

/** When a service of a team stopped and came back, and what was done to its sources from the editor. */
export function useServiceMarks(
  team: string,
  service: string | undefined,
): { readonly marks: readonly ServiceMark[]; readonly edits: readonly OwnEdit[] } {
  const known = useExerciseState().teams.find(({ id }) => id === team)
  return {
    marks: known?.services.find(({ id }) => id === service)?.marks ?? NONE,
    edits: known?.edits.filter((edit) => edit.service === service) ?? [],
  }
}
