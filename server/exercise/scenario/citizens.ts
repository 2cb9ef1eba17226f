import type { Text } from './words.ts'

/** Whom of the seeded nation a persona is played by. */
export const PERSONA_ROLES = [
  ...(['worker', 'elder', 'parent', 'pupil', 'resident'] as const),
  ...(['doctor', 'teacher', 'tax-officer', 'population-officer', 'police'] as const),
] as const
export type PersonaRole = (typeof PERSONA_ROLES)[number]

/** A kind of citizen: what they use, how they go about it, and how many there are. */
export interface Persona {
  readonly id: string
  /** Who it is, e.g. "a parent of two". */
  readonly name: Text
  readonly age: number
  readonly device: Text
  readonly role: PersonaRole
  /** Part of the population who are like this, 0..1; the shares of all personas make 1. */
  readonly share: number
  /** How often one of them comes, compared with other people; 1 unless said. */
  readonly visits?: number
  /** Time for reading and typing between two steps: wall time, for they are people. */
  readonly thinkMs: number
  /** What they want to do today, and what part of them, 0..1. */
  readonly journeys: readonly { readonly service: string; readonly journey: string; readonly use: number }[]
}

export interface Citizens {
  /** Visits that background users begin in one team's country in a minute of exercise time. */
  readonly visitsPerMinute: number
  readonly personas: readonly Persona[]
}
