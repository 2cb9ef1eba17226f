import type { RulesTable } from '../ledger/rules.ts'
import type { ServiceState, State, TeamState } from './state.ts'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/**
 * A state in the making. A part is copied when it is first touched and changed in place from then on, so a fold of a whole
 * ledger copies each part once, and a single `evolve` copies only the path to what changed. States that were handed out are
 * never changed. A draft whose root was handed out is over.
 */
export interface Draft {
  readonly root: Mutable<State>
  /** Parts that were made by this draft. */
  readonly owned: Set<object>
  /** Rules of all versions; which of them hold, the exercise says. */
  readonly table: RulesTable
}

export const openDraft = (state: State, table: RulesTable): Draft => ({
  root: { ...state },
  owned: new Set(),
  table,
})

/** The draft's own copy of an object, to be changed and put back in its place. */
export function own<T extends object>(draft: Draft, part: T): Mutable<T> {
  if (draft.owned.has(part)) return part as Mutable<T>
  const copy: Mutable<T> = { ...part }
  draft.owned.add(copy)
  return copy
}

/** The same for a list. */
export function ownList<T>(draft: Draft, list: readonly T[]): T[] {
  if (draft.owned.has(list)) return list as T[]
  const copy = list.slice()
  draft.owned.add(copy)
  return copy
}

/** Adds to a list; at twice `keep` members the older half goes. The same pushes always leave the same list. */
export function pushBounded<T>(draft: Draft, list: readonly T[], item: T, keep: number): readonly T[] {
  const owned = ownList(draft, list)
  owned.push(item)
  if (owned.length >= 2 * keep) owned.splice(0, owned.length - keep)
  return owned
}

/** The draft's own copy of a team, already in its place. Undefined for a team that is not in the exercise. */
export function teamIn(draft: Draft, id: string): Mutable<TeamState> | undefined {
  const index = draft.root.places.teams.get(id) ?? -1
  const team = draft.root.teams[index]
  if (!team) return undefined
  if (draft.owned.has(team)) return team as Mutable<TeamState>
  const copy = own(draft, team)
  const teams = ownList(draft, draft.root.teams)
  teams[index] = copy
  draft.root.teams = teams
  return copy
}

/** The same for a service of a team that the draft owns. */
export function serviceIn(
  draft: Draft,
  team: Mutable<TeamState>,
  id: string,
): Mutable<ServiceState> | undefined {
  const index = draft.root.places.services.get(id) ?? -1
  const service = team.services[index]
  if (!service) return undefined
  if (draft.owned.has(service)) return service as Mutable<ServiceState>
  const copy = own(draft, service)
  const services = ownList(draft, team.services)
  services[index] = copy
  team.services = services
  return copy
}

export type TeamDraft = Mutable<TeamState>
export type ServiceDraft = Mutable<ServiceState>
