import type { SeatKind } from '../scenario/model.ts'

/** Whoever acts: somebody in a seat, a sparring pilot in the place of a team's people, or the platform by itself. */
export type Actor =
  | {
      readonly kind: 'seat'
      readonly seatId: string
      /** Older ledgers do not say it of everything. */
      readonly seat?: SeatKind
      /** Of the person in the seat, where it is known. */
      readonly name?: string
    }
  | { readonly kind: 'pilot'; readonly team: string }
  | { readonly kind: 'platform' }

/** The name of the person who acted, as a field of what is kept of it; none where it is not known. */
export const nameIn = (by: Actor | null): { readonly by?: string } =>
  by?.kind === 'seat' && by.name !== undefined ? { by: by.name } : {}

export const PLATFORM: Actor = { kind: 'platform' }

export const pilotOf = (team: string): Actor => ({ kind: 'pilot', team })
