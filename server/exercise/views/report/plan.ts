import type { ObservationVersion } from '../../fold/observation-state.ts'
import type { State } from '../../fold/state.ts'
import { type Actor, nameIn } from '../../ledger/actor.ts'
import { OBSERVATION_FIELDS, type ObservationFields } from '../../ledger/observation-events.ts'
import type { Names } from './document.ts'
import { isFlat, type Proposal, proposals } from './proposals.ts'
import type { Words } from './words/words.ts'

/** A line of the improvement plan, as it stands. */
export interface PlanLine extends ObservationFields {
  readonly observation: string
  readonly source: string | null
  /** What the platform finds of it now; empty where white wrote it by itself, and where that is no longer found. */
  readonly evidence: Proposal['evidence']
  /** Everybody who wrote in it, by name, in the order in which they first did. */
  readonly by: readonly string[]
  readonly recordedBy: Actor | null
  /** When it was recorded, ms since the epoch. */
  readonly wall: number
  readonly versions: readonly ObservationVersion[]
}

export interface Plan {
  readonly lines: readonly PlanLine[]
  /** Findings that nobody has taken over. */
  readonly proposals: readonly Proposal[]
}

/** A finding in words, to be read and to begin a line of the plan with. */
export const proposalText = (found: Proposal, words: Words, names: Names): string =>
  isFlat(found.code)
    ? words.flat(found.title[words.lang], found.code, found.of)
    : words.proposal(found, found.title[words.lang], found.fastest ? names.team(found.fastest.team) : '')

/** The improvement plan, and what the platform would put into it. For white. */
export const planFacts = (state: State, atMs: number): Plan => planOf(state, proposals(state, atMs))

/** The same by what was found already. */
export function planOf(state: Pick<State, 'observations'>, found: readonly Proposal[]): Plan {
  const live = state.observations.filter(({ withdrawn }) => !withdrawn)
  const taken = new Set(live.map(({ source }) => source))
  return {
    lines: live.map((one) => {
      const { observation, source, wall, versions } = one
      const names = [one, ...versions].flatMap(({ by }) => nameIn(by).by ?? [])
      const fields = Object.fromEntries(OBSERVATION_FIELDS.map((field) => [field, one[field]]))
      return {
        ...(fields as unknown as ObservationFields),
        ...{ observation, source, wall, versions, recordedBy: one.by },
        evidence: found.find(({ id }) => id === source)?.evidence ?? [],
        by: [...new Set(names)],
      }
    }),
    proposals: found.filter(({ id }) => !taken.has(id)),
  }
}
