import type { Actor } from './actor.ts'

/** A strength is to be kept, an area for improvement to be worked on. */
export const OBSERVATION_KINDS = ['strength', 'improvement'] as const
export type ObservationKind = (typeof OBSERVATION_KINDS)[number]

/** What an observation says. `due`: a calendar date, `2026-11-30`; empty where there is none, like the other texts. */
export interface ObservationFields {
  readonly kind: ObservationKind
  readonly text: string
  readonly recommendation: string
  readonly owner: string
  readonly due: string
}
export const OBSERVATION_FIELDS = [
  ...(['kind', 'text', 'recommendation', 'owner', 'due'] as const),
] as const satisfies readonly (keyof ObservationFields)[]
export type ObservationField = (typeof OBSERVATION_FIELDS)[number]

/** Facts of the improvement plan. They may come after the exercise has ended. */
export interface ObservationPayloads {
  /** `source`: the finding of the platform that it was taken over from; null where white wrote it by itself. */
  'observation.recorded': ObservationFields & {
    readonly observation: string
    readonly source: string | null
    readonly by: Actor | null
  }
  /** One field says something else. */
  'observation.changed': {
    readonly observation: string
    readonly field: ObservationField
    readonly value: string
    readonly by: Actor | null
  }
  'observation.withdrawn': { readonly observation: string; readonly by: Actor | null }
}
