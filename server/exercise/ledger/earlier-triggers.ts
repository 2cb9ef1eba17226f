import type { Attack, Scenario, TimelinePhase, TutorNote } from '../scenario/model.ts'
import type { Outcome, Trigger } from '../scenario/trigger.ts'

/** A scenario in which each kind of entry of the timeline had a moment of its own kind. */
export type WithMoments<S> = Omit<S, 'attacks' | 'phases' | 'tutor'> & {
  readonly attacks: readonly (Omit<Attack, 'trigger'> & { readonly atMs: number })[]
  readonly phases: readonly (Omit<TimelinePhase, 'trigger'> & { readonly fromMs: number })[]
  readonly tutor: readonly (Omit<TutorNote, 'trigger'> & {
    readonly when: { readonly atMs: number } | { readonly attack: string; readonly afterMs: number }
  })[]
}

const moment = (atMs: number): EarlierTrigger => ({ kind: 'at', atMs })

/** Its entries as they were written when each had a trigger. */
export const triggersOf = ({
  attacks,
  phases,
  tutor,
}: Pick<WithMoments<Scenario>, 'attacks' | 'phases' | 'tutor'>): Pick<
  WithoutPeople,
  'attacks' | 'phases' | 'tutor'
> => ({
  attacks: attacks.map(({ atMs, ...attack }) => ({ ...attack, trigger: moment(atMs) })),
  phases: phases.map(({ fromMs, ...phase }) => ({ ...phase, trigger: moment(fromMs) })),
  tutor: tutor.map(({ when, ...note }) => ({
    ...note,
    trigger:
      'atMs' in when
        ? moment(when.atMs)
        : ({ kind: 'after', attack: when.attack, outcome: 'open', delayMs: when.afterMs } as const),
  })),
})

/** Once an entry could wait for an attack alone. */
type EarlierTrigger =
  | { readonly kind: 'at'; readonly atMs: number }
  | { readonly kind: 'after'; readonly attack: string; readonly outcome: Outcome; readonly delayMs: number }
  | { readonly kind: 'manual' }

type WithEarlier<T extends { readonly trigger: Trigger }> = Omit<T, 'trigger'> & {
  readonly trigger: EarlierTrigger
}

/** A scenario in which nothing was said to people, and nothing happened but attacks. */
export type WithoutPeople = Omit<
  Scenario,
  'attacks' | 'phases' | 'tutor' | 'injects' | 'world' | 'objectives' | 'scoring'
> & {
  readonly attacks: readonly WithEarlier<Attack>[]
  readonly phases: readonly WithEarlier<TimelinePhase>[]
  readonly tutor: readonly WithEarlier<TutorNote>[]
  readonly scoring: Omit<Scenario['scoring'], 'reportWithinMs'>
}

const today = (trigger: EarlierTrigger): Trigger =>
  trigger.kind === 'after'
    ? {
        kind: 'after',
        after: { kind: 'attack', id: trigger.attack, outcome: trigger.outcome },
        delayMs: trigger.delayMs,
      }
    : trigger

export const withPeople = (scenario: WithoutPeople): Scenario => ({
  ...scenario,
  attacks: scenario.attacks.map((one) => ({ ...one, trigger: today(one.trigger) })),
  phases: scenario.phases.map((one) => ({ ...one, trigger: today(one.trigger) })),
  tutor: scenario.tutor.map((one) => ({ ...one, trigger: today(one.trigger) })),
  injects: [],
  world: [],
  objectives: [],
  scoring: { ...scenario.scoring, reportWithinMs: 0 },
})
