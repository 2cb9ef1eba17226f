import type { InjectState } from '../fold/inject-state.ts'
import type { AttackState, State, TeamState } from '../fold/state.ts'
import type { InjectInfo } from '../scenario/inject.ts'
import type { AttackInfo } from '../scenario/model.ts'
import type { Folded } from './folded.ts'

type PackedInject = Omit<InjectState, 'info'> & { readonly info: number }
type PackedAttack = Omit<AttackState, 'info'> & { readonly info: number }
type PackedTeam = Omit<TeamState, 'injects' | 'attacks'> & {
  readonly injects: readonly PackedInject[]
  readonly attacks: readonly PackedAttack[]
}

/**
 * What an audience knows, as text, to go on from instead of folding everything again. It is a cache and never the truth: good only
 * for the very sources that made it, and for a ledger that goes as far.
 */
type Packed = Omit<Folded, 'state'> & {
  /** What messages and attacks say, each once for all teams: there it is referred to by its place. */
  readonly infos: readonly InjectInfo[]
  readonly attackInfos: readonly AttackInfo[]
  /** JSON knows no maps, and `places` alone has any. */
  readonly state: Omit<State, 'places' | 'teams'> & {
    readonly teams: readonly PackedTeam[]
    readonly places: { readonly [P in keyof State['places']]: readonly (readonly [string, number])[] }
  }
}

export function packFolded(folded: Folded): string {
  const { state } = folded
  const infos = onceEach<InjectInfo>()
  const attackInfos = onceEach<AttackInfo>()
  const teams = state.teams.map((team) => ({
    ...team,
    injects: team.injects.map((sent) => ({ ...sent, info: infos.placeOf(sent.info) })),
    attacks: team.attacks.map((attack) => ({ ...attack, info: attackInfos.placeOf(attack.info) })),
  }))
  const places = { teams: [...state.places.teams], services: [...state.places.services] }
  const packed: Packed = {
    ...folded,
    infos: infos.all,
    attackInfos: attackInfos.all,
    state: { ...state, teams, places },
  }
  return JSON.stringify(packed)
}

export function unpackFolded(text: string): Folded {
  const { infos, attackInfos, ...folded } = JSON.parse(text) as Packed
  const { state } = folded
  const teams = state.teams.map((team) => ({
    ...team,
    injects: team.injects.map((sent) => ({ ...sent, info: at(infos, sent.info) })),
    attacks: team.attacks.map((attack) => ({ ...attack, info: at(attackInfos, attack.info) })),
  }))
  const places = { teams: new Map(state.places.teams), services: new Map(state.places.services) }
  return { ...folded, state: { ...state, teams, places } }
}

/** Puts what says the same in one place, be it one object or several. */
function onceEach<T extends object>() {
  const all: T[] = []
  const byObject = new Map<T, number>()
  const byText = new Map<string, number>()
  return {
    all,
    placeOf(item: T): number {
      const known = byObject.get(item)
      if (known !== undefined) return known
      const text = JSON.stringify(item)
      const place = byText.get(text) ?? all.push(item) - 1
      byText.set(text, place)
      byObject.set(item, place)
      return place
    },
  }
}

function at<T>(list: readonly T[], place: number): T {
  const item = list[place]
  if (item === undefined) throw new Error(`a snapshot without what stands at ${place}`)
  return item
}
