import { attackOf, type State, type TeamState } from '../fold/state.ts'
import { random } from '../random.ts'
import type { TutorNote } from '../scenario/model.ts'
import { wayIn } from './chains.ts'

/** How often an open foothold is tried again, exercise time in ms. */
const FOOTHOLD_EVERY_MS = 10_000

export interface Due {
  /** A phase begins or the exercise is over: send `pass-time`. */
  readonly passTime: boolean
  /** To be launched now. */
  readonly attacks: readonly { readonly team: string; readonly attack: string }[]
  /** Open footholds: each is to be tried again every `footholdEveryMs`. */
  readonly footholds: readonly { readonly team: string; readonly attack: string }[]
  readonly footholdEveryMs: number
  /** What the tutor has to tell now. */
  readonly notes: readonly { readonly team: string; readonly note: string }[]
}

/** What the timeline wants done at `atMs`. Pure: asking twice gives the same answer until an event changes the state. */
export function due(state: State, atMs: number): Due {
  if (state.phase !== 'running')
    return { passTime: false, attacks: [], footholds: [], footholdEveryMs: FOOTHOLD_EVERY_MS, notes: [] }
  const { scenario, teams } = state
  const over = atMs >= scenario.durationMs
  const begun = scenario.attacks.filter((attack) => attack.atMs <= atMs)
  return {
    passTime: over || scenario.phases.some((p) => p.fromMs <= atMs && !state.phasesEntered.includes(p.id)),
    attacks: over
      ? []
      : teams.flatMap((team) =>
          begun
            .filter(({ id }) => {
              const known = attackOf(team, id)
              return known === undefined || known.state === 'abandoned'
            })
            .filter((attack) => wayIn(team, attack) !== 'waiting')
            .map(({ id }) => ({ team: team.id, attack: id })),
        ),
    footholds: over
      ? []
      : teams.flatMap((team) =>
          team.attacks
            .filter((attack) => attack.state === 'landed' && attack.closedMs === null)
            .map(({ attack }) => ({ team: team.id, attack })),
        ),
    footholdEveryMs: FOOTHOLD_EVERY_MS,
    notes: over ? [] : teams.flatMap((team) => notesDue(scenario.tutor, team, atMs)),
  }
}

/** Exercise time of a note, in ms; null while the attack that it waits for has not landed, or is over. */
export function momentOf({ when }: TutorNote, team: TeamState): number | null {
  if ('atMs' in when) return when.atMs
  const attack = attackOf(team, when.attack)
  const landed = attack?.state === 'landed' && attack.closedMs === null ? attack.concludedMs : null
  return landed === null ? null : landed + when.afterMs
}

/** Notes whose moment has come and that the team has not been told. */
function notesDue(notes: readonly TutorNote[], team: TeamState, atMs: number): Due['notes'] {
  return notes
    .filter((note) => (momentOf(note, team) ?? Number.POSITIVE_INFINITY) <= atMs)
    .filter((note) => !team.tutored.some((said) => said.note === note.id))
    .map(({ id }) => ({ team: team.id, note: id }))
}

/** When the check `key` runs next after run `k` at `afterMs`: `everyMs` later, a quarter sooner or later as the seed decides. */
export function nextCheckAt(seed: string, key: string, everyMs: number, k: number, afterMs: number): number {
  return afterMs + Math.round(everyMs * (0.75 + 0.5 * random(`${seed}/${key}/${k}`)()))
}

/** A new list with the same members in an order that `seed` decides (Fisher-Yates). */
export function shuffle<T>(seed: string, list: readonly T[]): readonly T[] {
  const next = random(seed)
  const pool = [...list]
  const shuffled: T[] = []
  while (pool.length > 0) shuffled.push(...pool.splice(Math.floor(next() * pool.length), 1))
  return shuffled
}
