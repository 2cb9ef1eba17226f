import type { Attack, Scenario, TimelinePhase, TutorNote } from './model.ts'
import { withPictures } from './picture.ts'
import { at } from './trigger.ts'

/** A compiled scenario as it stands in ledgers from before triggers. */
export type EarlierScenario = Omit<Scenario, 'attacks' | 'phases' | 'tutor'> & {
  readonly attacks: readonly (Omit<Attack, 'trigger'> & { readonly atMs: number })[]
  readonly phases: readonly (Omit<TimelinePhase, 'trigger'> & { readonly fromMs: number })[]
  readonly tutor: readonly (Omit<TutorNote, 'trigger'> & {
    readonly when: { readonly atMs: number } | { readonly attack: string; readonly afterMs: number }
  })[]
}

/** The same scenario as it is written today. */
export const scenarioOfToday = (earlier: EarlierScenario): Scenario =>
  withPictures({
    ...earlier,
    attacks: earlier.attacks.map(({ atMs, ...attack }) => ({ ...attack, trigger: at(atMs) })),
    phases: earlier.phases.map(({ fromMs, ...phase }) => ({ ...phase, trigger: at(fromMs) })),
    tutor: earlier.tutor.map(({ when, ...note }) => ({
      ...note,
      trigger:
        'atMs' in when
          ? at(when.atMs)
          : ({ kind: 'after', attack: when.attack, outcome: 'open', delayMs: when.afterMs } as const),
    })),
  })
