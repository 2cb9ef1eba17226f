import type { State } from '../../fold/state.ts'
import { namedTitle } from '../../scenario/named-title.ts'

/** A technique that was played, and what became of it. */
export interface TechniqueFacts {
  readonly technique: string
  /** Attacks with it that were judged, over all teams, and those that were stopped. */
  readonly judged: number
  readonly stopped: number
  readonly attacks: readonly string[]
}

/** Techniques of attacks that were judged for at least one team, by their name, for white. */
export function techniqueFacts({ teams }: Pick<State, 'teams'>): readonly TechniqueFacts[] {
  const found = new Map<string, TechniqueFacts>()
  for (const { attacks } of teams)
    for (const { attack, info, state } of attacks) {
      if (!info.technique || !['landed', 'blocked', 'blocked-by-outage'].includes(state)) continue
      const known = found.get(info.technique) ?? {
        technique: info.technique,
        judged: 0,
        stopped: 0,
        attacks: [],
      }
      found.set(info.technique, {
        ...known,
        judged: known.judged + 1,
        stopped: known.stopped + (state === 'blocked' ? 1 : 0),
        attacks: known.attacks.includes(attack) ? known.attacks : [...known.attacks, attack],
      })
    }
  return [...found.values()].toSorted((a, b) => (a.technique < b.technique ? -1 : 1))
}

/** A layer of the ATT&CK Navigator, format 4.5. */
export interface NavigatorLayer {
  readonly name: string
  readonly versions: { readonly attack: string; readonly navigator: string; readonly layer: '4.5' }
  readonly domain: 'enterprise-attack'
  readonly description: string
  readonly sorting: number
  readonly hideDisabled: boolean
  readonly techniques: readonly {
    readonly techniqueID: string
    readonly score: number
    readonly comment: string
    readonly enabled: true
    readonly showSubtechniques: boolean
    readonly metadata: readonly { readonly name: string; readonly value: string }[]
  }[]
  readonly gradient: {
    readonly colors: readonly string[]
    readonly minValue: number
    readonly maxValue: number
  }
  readonly legendItems: readonly { readonly label: string; readonly color: string }[]
}

const [NONE, SOME, ALL] = ['#9c0b30', '#ffc933', '#007a87']

/**
 * What was played, as a layer: the score of a technique is the percentage of its attacks that were stopped. Techniques of ATLAS, which that matrix does not have, are in the description. English, as
 * the matrix is.
 */
export function navigatorLayer(state: State): NavigatorLayer {
  const played = techniqueFacts(state)
  const enterprise = played.filter(({ technique }) => /^T\d/.test(technique))
  const others = played.filter((one) => !enterprise.includes(one))
  const elsewhere = others.map(
    ({ technique, stopped, judged }) => `${technique} (${stopped} of ${judged} stopped)`,
  )
  return {
    name: `Kilp: ${namedTitle(state.name, state.scenario.title).en}`,
    versions: { attack: '19', navigator: '5.1.0', layer: '4.5' },
    domain: 'enterprise-attack',
    description: [
      'Techniques that were played, over all teams. Score: percentage of their attacks that were stopped.',
      ...(elsewhere.length > 0 ? [`Of ATLAS: ${elsewhere.join(', ')}.`] : []),
    ].join(' '),
    sorting: 3,
    hideDisabled: false,
    techniques: enterprise.map(({ technique, judged, stopped, attacks }) => ({
      techniqueID: technique,
      score: Math.round((100 * stopped) / judged),
      comment: `${stopped} of ${judged} stopped`,
      enabled: true,
      showSubtechniques: technique.includes('.'),
      metadata: attacks.map((attack) => ({ name: 'attack', value: attack })),
    })),
    gradient: { colors: [NONE, SOME, ALL], minValue: 0, maxValue: 100 },
    legendItems: [
      { label: 'none stopped', color: NONE },
      { label: 'some stopped', color: SOME },
      { label: 'all stopped', color: ALL },
    ],
  }
}
