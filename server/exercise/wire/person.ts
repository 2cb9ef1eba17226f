import { ROLES, type Role } from '../scenario/inject.ts'
import type { SeatKind } from '../scenario/model.ts'
import { writtenName } from '../scenario/written-name.ts'

/** Somebody in a seat, as they call themselves. */
export interface Person {
  readonly name: string
  /** In the team; it sorts what is read, and locks nothing. */
  readonly role: Role | null
}

/** Longest name, in characters. */
export const NAME_LENGTH = 60

/** A name as it is kept, see `writtenName`. Null when it is none: 1 to 60 characters. */
export const personName = (text: string): string | null => writtenName(text, NAME_LENGTH)

export const roleOf = (text: string | null | undefined): Role | null =>
  ROLES.find((role) => role === text) ?? null

/** The header that says who gives a command over HTTP: the name, percent-encoded as in an address. */
export const PERSON_HEADER = 'kilp-person'

/** Where somebody is in the pages: what they have before them. */
export interface Whereabouts {
  readonly tab: string
  readonly service?: string
  readonly inject?: string
}

/** One who is in. */
export interface PresentPerson {
  /** null: has not said their name. */
  readonly name: string | null
  readonly role: Role | null
  readonly seat: SeatKind
  readonly where: Whereabouts | null
  /** Epoch ms. */
  readonly sinceWall: number
  /** In how many pages. */
  readonly pages: number
}

/** Who is in of a team; `team` null: of those who belong to none. */
export interface PresenceList {
  readonly team: string | null
  /** Longest there first. Bounded. */
  readonly people: readonly PresentPerson[]
  /** How many more there are. */
  readonly more: number
}
