import type { Refusal } from '#exercise/decide/commands.ts'
import type { Pilot } from '#exercise/scenario/model.ts'
import type { ReadableComparison } from '#exercise/views/comparison/comparison.ts'
import type { ExerciseSummary } from '#exercise/wire/protocol.ts'
import type { ScenarioCard, ScenarioFault } from '#exercise/wire/shelf.ts'
import { asSeat, NO_ANSWER } from '../feed/as-seat.ts'

export type Answer<T> =
  | { readonly ok: true; readonly body: T }
  | { readonly ok: false; readonly refusal: Refusal }

const KEY = 'kilp.operator'
/** For browsers that forbid storage: as long as the page. */
let said: string | null = null

/** The key of whoever runs the platform, for as long as this window is open. */
export function operatorKey(): string | null {
  try {
    return sessionStorage.getItem(KEY) ?? said
  } catch {
    return said
  }
}

export function keepOperatorKey(key: string): void {
  said = key
  try {
    sessionStorage.setItem(KEY, key)
  } catch {
    // Kept above.
  }
}

/** Asks the platform as the one who runs it; never throws. */
async function ask<T>(path: string, body?: object, method = body ? 'POST' : 'GET'): Promise<Answer<T>> {
  try {
    const reply = await fetch(path, {
      method,
      ...(body && { body: JSON.stringify(body) }),
      headers: { ...asSeat(operatorKey()), ...(body && { 'content-type': 'application/json' }) },
    })
    const said = await reply.json()
    return reply.ok ? { ok: true, body: said as T } : { ok: false, refusal: said.refusal ?? NO_ANSWER }
  } catch {
    return { ok: false, refusal: NO_ANSWER }
  }
}

/** It was given no key, or one that is not that of this platform. */
export const wantsKey = (refusal: Refusal | null): boolean =>
  refusal?.code === 'not-operator' || refusal?.code === 'no-token'

interface JoinLink {
  readonly seat: string
  readonly url: string
}

export const askScenarios = () =>
  ask<{ readonly scenarios: readonly (ScenarioCard | ScenarioFault)[] }>('/api/scenarios')
/** `join`: pairs of a name and the unit that it belongs to. */
export const askComparison = (join: readonly (readonly [string, string])[]) =>
  ask<ReadableComparison>(`/api/comparison?join=${encodeURIComponent(JSON.stringify(join))}`)
export const askExercises = () => ask<{ readonly exercises: readonly ExerciseSummary[] }>('/api/exercises')
export const askSeats = (exercise: string) =>
  ask<{ readonly seats: readonly JoinLink[] }>(`/api/exercises/${encodeURIComponent(exercise)}/seats`)
export const openExercise = (what: {
  readonly folder: string
  readonly packs: readonly string[]
  readonly teams: number
  readonly lineup: readonly { readonly team: string; readonly name?: string; readonly pilot?: Pilot }[]
  /** As the scenario when not given. */
  readonly name?: string
  readonly speed: number
  readonly autostart: boolean
  /** When it starts by itself, epoch ms. */
  readonly startsWall?: number
  readonly insist: boolean
}) => ask<{ readonly id: string; readonly url: string }>('/api/exercises', what)
export const closeExercise = (exercise: string, end: boolean) =>
  ask<object>(`/api/exercises/${encodeURIComponent(exercise)}/close`, { end })
export const nameExercise = (exercise: string, name: string | null) =>
  ask<object>(`/api/exercises/${encodeURIComponent(exercise)}/name`, { name })
export const archiveExercise = (exercise: string, archived: boolean) =>
  ask<object>(`/api/exercises/${encodeURIComponent(exercise)}/archive`, { archived })
export const removeExercise = (exercise: string) =>
  ask<object>(`/api/exercises/${encodeURIComponent(exercise)}`, undefined, 'DELETE')
