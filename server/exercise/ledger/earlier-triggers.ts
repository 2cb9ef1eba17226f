import type { Attack, Scenario, TimelinePhase, TutorNote } from '../scenario/model.ts'
import { at } from '../scenario/trigger.ts'

/** A scenario in which each kind of entry of the timeline had a moment of its own kind. */
export type WithMoments<S extends Pick<Scenario, 'attacks' | 'phases' | 'tutor'>> = Omit<
  S,
  'attacks' | 'phases' | 'tutor'
> & {
  readonly attacks: readonly (Omit<Attack, 'trigger'> & { readonly atMs: number })[]
  readonly phases: readonly (Omit<TimelinePhase, 'trigger'> & { readonly fromMs: number })[]
  readonly tutor: readonly (Omit<TutorNote, 'trigger'> & {
    readonly when: { readonly atMs: number } | { readonly attack: string; readonly afterMs: number }
  })[]
}

/** Its entries as they are written today. */
export const triggersOf = ({
  attacks,
  phases,
  tutor,
}: Pick<WithMoments<Scenario>, 'attacks' | 'phases' | 'tutor'>): Pick<
  Scenario,
  'attacks' | 'phases' | 'tutor'
> => ({
  attacks: attacks.map(({ atMs, ...attack }) => ({ ...attack, trigger: at(atMs) })),
  phases: phases.map(({ fromMs, ...phase }) => ({ ...phase, trigger: at(fromMs) })),
  tutor: tutor.map(({ when, ...note }) => ({
    ...note,
    trigger:
      'atMs' in when
        ? at(when.atMs)
        : ({ kind: 'after', attack: when.attack, outcome: 'open', delayMs: when.afterMs } as const),
  })),
})
