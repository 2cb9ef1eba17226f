import { isTouched } from '../fold/interruption.ts'
import type { State, TeamState } from '../fold/state.ts'
import { random } from '../random.ts'
import type { Persona } from '../scenario/citizens.ts'
import { pauses, regularAt, rests } from './again.ts'
import type { Moment } from './moment.ts'
import type { Records, Wanted } from './task.ts'

/** How often a citizen who complained looks whether it works again. Exercise time, ms. */
const AGAIN_MS = 30_000

/**
 * Background users: citizens who come at the scenario's rate, each persona for what it wants, and those who complained, who come back until it
 * works. The same seed brings the same people in the same order.
 */
export function wantedVisits(state: State, records: Records, now: Moment): readonly Wanted[] {
  const { visitsPerMinute } = state.scenario.citizens
  if (state.phase !== 'running' || visitsPerMinute === 0 || now.atMs >= state.scenario.durationMs) return []
  return state.teams.flatMap((team) => [
    ...returning(team, records, now, AGAIN_MS * state.strain.stretch),
    ...coming(state, team, records, now, (60_000 / visitsPerMinute) * state.strain.stretch),
  ])
}

function coming(
  state: State,
  team: TeamState,
  records: Records,
  now: Moment,
  everyMs: number,
): readonly Wanted[] {
  const key = `visit/${team.id}`
  const record = records.tasks.get(key)
  const dueMs = record ? regularAt(state.seed, key, record, everyMs) : 0
  if (pauses(record, now) || dueMs > now.atMs) return []
  const turn = record?.runs ?? 0
  const wish = wishOf(state.scenario.citizens.personas, `visits/${state.seed}/${team.id}/${turn}`)
  if (!wish) return []
  return [
    {
      task: { kind: 'visit', team: team.id, ...wish },
      key,
      id: `${key}/${turn}`,
      team: team.id,
      lane: 'visit',
      dueMs,
      everyMs,
      first: false,
      touches: null,
    },
  ]
}

/** Who comes, and what for: as many of each persona as there are, as often as they come. */
export function wishOf(personas: readonly Persona[], seed: string) {
  const next = random(seed)
  const persona = draw(personas, ({ share, visits = 1 }) => share * visits, next())
  const wish = persona && draw(persona.journeys, ({ use }) => use, next())
  return wish && { persona: persona.id, service: wish.service, journey: wish.journey }
}

/** The member of `list` at the part `chance`, in [0, 1), of the sum of their weights. */
function draw<T>(list: readonly T[], weight: (item: T) => number, chance: number): T | undefined {
  let left = chance * list.reduce((total, item) => total + weight(item), 0)
  return list.find((item) => {
    left -= weight(item)
    return left < 0
  })
}

/** Those who complained and want to know. */
function returning(team: TeamState, records: Records, now: Moment, everyMs: number): readonly Wanted[] {
  return team.tickets.flatMap(({ ticket, persona, service, journey, openedMs, closedMs }) => {
    if (closedMs !== null || isTouched(team, service)) return []
    const key = `return/${team.id}/${ticket}`
    const record = records.tasks.get(key)
    const dueMs = (record?.startedMs ?? openedMs) + everyMs
    if (rests(record, now) || dueMs > now.atMs) return []
    return [
      {
        task: { kind: 'visit', team: team.id, persona, service, journey },
        key,
        id: key,
        team: team.id,
        lane: 'visit',
        dueMs,
        everyMs,
        first: false,
        touches: null,
      } as const,
    ]
  })
}
