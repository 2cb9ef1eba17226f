import { type AttackState, type State, serviceOf, type TeamState, teamOf } from '../fold/state.ts'
import type { PilotAct } from '../fold/team-acts.ts'
import { sound } from '../fold/verdicts.ts'
import { random, shuffle } from '../random.ts'
import type { Pilot } from '../scenario/model.ts'
import { handleOf } from '../scenario/weaknesses.ts'

/** What a skilled team that reads the code would find: the planted weaknesses, in the scenario's order, without times. */
export type PlaybookIndex = readonly { readonly weakness: string; readonly service: string }[]

export interface PilotAction {
  /** Id as in the playbook. */
  readonly weakness: string
  readonly action: 'fix' | 'wrong-fix' | 'undo-wrong-fix'
}

interface Planned extends PilotAction {
  readonly dueMs: number
}

/** One weakness through a pilot's eyes. `chance` is the same number in [0, 1) whenever it is asked about. */
interface Case {
  readonly weakness: string
  readonly breach: AttackState | undefined
  readonly acted: readonly PilotAct[]
  /** The service does its work and nobody else is in it. */
  readonly healed: boolean
  readonly chance: number
  /** When `swift` comes to it by itself. */
  readonly huntMs: number
}

/** At this length pilots take the times below; in shorter exercises they are quicker in proportion. */
const USUAL_MS = 600_000
const SWIFT_MS = 20_000
const NOTICE_MS = 70_000
const AGAIN_MS = 20_000
const MOST_TRIES = 3
/** Between two terminals: one that did not open, or closed at once, is not asked for again and again. */
const REST_MS = 5_000

const shareOfTime = (state: State, longestMs = USUAL_MS) => Math.min(state.scenario.durationMs, longestMs)

/** `steady` needs 60 to 90 s of a ten-minute exercise, and up to three minutes of a long one. */
const steadyMs = (state: State, { chance }: Case) => shareOfTime(state, 2 * USUAL_MS) * (0.1 + 0.05 * chance)

/** When to apply the reference fix (again), or null when it is in or all tries have failed. */
function fixAt(state: State, { weakness, acted }: Case, firstMs: number): Planned | null {
  const tries = acted.filter((act) => act.action === 'fix')
  const last = tries.at(-1)
  if (tries.length >= MOST_TRIES || last?.ok) return null
  const again = last ? last.atMs + (AGAIN_MS * shareOfTime(state)) / USUAL_MS : firstMs
  return { weakness, action: 'fix', dueMs: again }
}

function clumsy(state: State, it: Case): Planned | null {
  const { weakness, breach, acted, chance } = it
  const scale = shareOfTime(state) / USUAL_MS
  const wrong = acted.find((act) => act.action === 'wrong-fix')
  const undone = acted.find((act) => act.action === 'undo-wrong-fix')
  if (!wrong && breach) {
    const dueMs = (breach.concludedMs ?? 0) + (60_000 + 30_000 * chance) * scale
    return { weakness, action: 'wrong-fix', dueMs }
  }
  if (!wrong || (it.healed && !undone)) return null
  if (!wrong.ok) return fixAt(state, it, wrong.atMs + AGAIN_MS * scale)
  if (!undone) return { weakness, action: 'undo-wrong-fix', dueMs: wrong.atMs + NOTICE_MS * scale }
  return fixAt(state, it, undone.atMs + AGAIN_MS * scale)
}

/** What each pilot means to do about a weakness, and when. */
const HABITS: Readonly<Record<Pilot, (state: State, it: Case) => Planned | null>> = {
  person: () => null,
  absent: () => null,
  steady: (state, it) =>
    it.breach ? fixAt(state, it, (it.breach.concludedMs ?? 0) + steadyMs(state, it)) : null,
  swift: (state, it) => {
    const seen = it.breach
      ? (it.breach.concludedMs ?? 0) + (SWIFT_MS * shareOfTime(state)) / USUAL_MS
      : it.huntMs
    return fixAt(state, it, Math.min(seen, it.huntMs))
  },
  clumsy,
}

/**
 * What a sparring pilot does now: nothing, or one action. `view` is the fold of its own team's redacted stream, so it knows
 * what a person in its seat would, and the weaknesses that such a person finds by reading the code. Pure, and the same for
 * the same seed; an action that `view` knows to be done is not asked for again, one that is under way is.
 */
export function decidePilot(
  pilot: Pilot,
  teamId: string,
  view: State,
  playbook: PlaybookIndex,
  seed: string,
  atMs: number,
): readonly PilotAction[] {
  const team = teamOf(view, teamId)
  if (!team || view.phase !== 'running') return []
  const restMs = (REST_MS * shareOfTime(view)) / USUAL_MS
  if (team.pilotAtMs !== null && atMs < team.pilotAtMs + restMs) return []
  const meant = casesOf(view, team, playbook, `${seed}/${teamId}`)
    .flatMap((it) => HABITS[pilot](view, it) ?? [])
    .filter((planned) => planned.dueMs <= atMs)
    .toSorted((a, b) => a.dueMs - b.dueMs)[0]
  return meant ? [{ weakness: meant.weakness, action: meant.action }] : []
}

function casesOf(view: State, team: TeamState, playbook: PlaybookIndex, seed: string): readonly Case[] {
  const known = playbook.map(({ weakness, service }) => ({ id: weakness, service }))
  const order = shuffle(seed, known)
  const { durationMs } = view.scenario
  return known.map(({ id, service }) => {
    const handle = handleOf(known, id)
    const chance = random(`${seed}/${id}`)()
    const breach = team.attacks.find(
      (a) => a.info.weakness === handle && a.state === 'landed' && a.closedMs === null,
    )
    const state = serviceOf(team, service)
    const place = order.findIndex((other) => other.id === id)
    return {
      weakness: id,
      breach,
      acted: team.acted.filter((act) => act.weakness === handle),
      healed: breach === undefined && state !== undefined && sound(state),
      chance,
      // Through the first two fifths of the exercise, evenly but for a little jitter.
      huntMs: durationMs * (0.02 + (0.38 * (place + 0.5 * chance)) / known.length),
    }
  })
}

/** How long each pilot leaves a citizen without an answer, of a ten-minute exercise. */
const ANSWER_MS: Readonly<Record<Pilot, number>> = {
  person: Number.POSITIVE_INFINITY,
  absent: Number.POSITIVE_INFINITY,
  swift: 10_000,
  steady: 30_000,
  clumsy: 150_000,
}

/** How long a pilot leaves anybody without an answer who has set no time, ms. */
export const patienceMs = (pilot: Pilot, view: State): number =>
  (ANSWER_MS[pilot] * shareOfTime(view, 2 * USUAL_MS)) / USUAL_MS

/** Complaints that a sparring pilot answers now, oldest first; each once. */
export function decideAnswers(pilot: Pilot, teamId: string, view: State, atMs: number): readonly string[] {
  if (view.phase !== 'running') return []
  const patience = patienceMs(pilot, view)
  return (teamOf(view, teamId)?.tickets ?? [])
    .filter((t) => t.closedMs === null && t.answeredMs === null && atMs >= t.openedMs + patience)
    .map(({ ticket }) => ticket)
}
