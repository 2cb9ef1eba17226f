import type { InjectState } from '../fold/inject-state.ts'
import type { State, TeamState } from '../fold/state.ts'
import type { InjectInfo } from '../scenario/inject.ts'
import type { Folded } from './folded.ts'

type PackedInject = Omit<InjectState, 'info'> & { readonly info: number }
type PackedTeam = Omit<TeamState, 'injects'> & { readonly injects: readonly PackedInject[] }

/**
 * What an audience knows, as text, to go on from instead of folding everything again. It is a cache and never the truth: good only
 * for the very sources that made it, and for a ledger that goes as far.
 */
type Packed = Omit<Folded, 'state'> & {
  /** What messages say, each once: the state has one copy of it for all teams, and refers to it here by its place. */
  readonly infos: readonly InjectInfo[]
  /** JSON knows no maps, and `places` alone has any. */
  readonly state: Omit<State, 'places' | 'teams'> & {
    readonly teams: readonly PackedTeam[]
    readonly places: { readonly [P in keyof State['places']]: readonly (readonly [string, number])[] }
  }
}

export function packFolded(folded: Folded): string {
  const { state } = folded
  const infos = new Map<InjectInfo, number>()
  const placeOf = (info: InjectInfo): number => {
    const place = infos.get(info) ?? infos.size
    infos.set(info, place)
    return place
  }
  const teams = state.teams.map((team) => ({
    ...team,
    injects: team.injects.map((sent) => ({ ...sent, info: placeOf(sent.info) })),
  }))
  const places = { teams: [...state.places.teams], services: [...state.places.services] }
  const packed: Packed = { ...folded, infos: [...infos.keys()], state: { ...state, teams, places } }
  return JSON.stringify(packed)
}

export function unpackFolded(text: string): Folded {
  const { infos, ...folded } = JSON.parse(text) as Packed
  const { state } = folded
  const infoAt = (place: number): InjectInfo => {
    const info = infos[place]
    if (!info) throw new Error(`a snapshot without the message at ${place}`)
    return info
  }
  const teams = state.teams.map((team) => ({
    ...team,
    injects: team.injects.map((sent) => ({ ...sent, info: infoAt(sent.info) })),
  }))
  const places = { teams: new Map(state.places.teams), services: new Map(state.places.services) }
  return { ...folded, state: { ...state, teams, places } }
}
