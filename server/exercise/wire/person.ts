import { ROLES, type Role } from '../scenario/inject.ts'
import type { SeatKind } from '../scenario/model.ts'

/** Somebody in a seat, as they call themselves. */
export interface Person {
  readonly name: string
  /** In the team; it sorts what is read, and locks nothing. */
  readonly role: Role | null
}

/** Longest name, in characters. */
export const NAME_LENGTH = 60

/** Control characters, line and paragraph separators, and marks that turn the direction of what stands behind the name. */
const UNWRITTEN = /[\p{Cc}\p{Cs}\p{Co}\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u
/** Something that can be seen. Fillers and the blank braille cell are letters and signs by name only. */
const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u
const BLANKS = /[\u115f\u1160\u2800\u3164\uffa0]/gu

/** A name as it is kept: trimmed, each run of blanks one. Null when it is none: 1 to 60 characters, something to see, no control characters. */
export function personName(text: string): string | null {
  // Far longer ones are not worth looking at.
  if (text.length > NAME_LENGTH * 20) return null
  const name = text.normalize('NFC').trim().replaceAll(/ +/g, ' ')
  if (UNWRITTEN.test(name) || !SEEN.test(name.replaceAll(BLANKS, ''))) return null
  return [...name].length <= NAME_LENGTH ? name : null
}

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
