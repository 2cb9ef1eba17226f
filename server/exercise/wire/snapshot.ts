import type { State } from '../fold/state.ts'
import type { Folded } from './folded.ts'

/**
 * What an audience knows, as text, to go on from instead of folding everything again. It is a cache and never the truth: good only
 * for the very sources that made it, and for a ledger that goes as far.
 */
type Packed = Omit<Folded, 'state'> & {
  /** JSON knows no maps, and `places` alone has any. */
  readonly state: Omit<State, 'places'> & {
    readonly places: { readonly [P in keyof State['places']]: readonly (readonly [string, number])[] }
  }
}

export function packFolded(folded: Folded): string {
  const { teams, services } = folded.state.places
  const places = { teams: [...teams], services: [...services] }
  return JSON.stringify({ ...folded, state: { ...folded.state, places } } satisfies Packed)
}

export function unpackFolded(text: string): Folded {
  const packed = JSON.parse(text) as Packed
  const { teams, services } = packed.state.places
  const places = { teams: new Map(teams), services: new Map(services) }
  return { ...packed, state: { ...packed.state, places } }
}
