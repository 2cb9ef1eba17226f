import type { State } from '#exercise/fold/state.ts'
import type { Scenario, Team } from '#exercise/scenario/model.ts'
import { admit, type Capacity, type Occupied } from '#exercise/schedule/admit.ts'
import type { Wanted } from '#exercise/schedule/task.ts'
import { wanted } from '#exercise/schedule/wanted.ts'
import { openRecords } from '../../server/engine/runner/records.ts'
import { madeScenario, text } from './made-scenario.ts'
import { readyRun } from './run.ts'

const TICK_MS = 200

export interface Start {
  readonly atMs: number
  readonly one: Wanted
}

/** A scenario of `services` services with `journeys` full journeys each, wanted every `everyMs`; nobody attacks. */
export const broadScenario = (services: number, journeys: number, everyMs: number): Scenario => ({
  ...madeScenario,
  durationMs: 100_000_000,
  services: Array.from({ length: services }, (_, i) => ({
    id: `s${i}`,
    title: text(`s${i}`),
    plain: text('x'),
    weight: 1,
    needs: [],
    public: true,
    journeys: [
      { id: 'alive', title: text('alive'), alive: true, everyMs: 5_000 },
      ...Array.from({ length: journeys }, (_, j) => ({
        id: `j${j}`,
        title: text('j'),
        alive: false,
        everyMs,
      })),
    ],
  })) as unknown as Scenario['services'],
  citizens: { visitsPerMinute: 0, personas: [] },
  weaknesses: [],
  attacks: [],
  phases: [],
  tutor: [],
})

export const manyTeams = (count: number): readonly Team[] =>
  Array.from({ length: count }, (_, i) => ({
    id: `t${i}`,
    name: text(`t${i}`),
    country: 'TT',
    pilot: 'absent',
  }))

export function running(scenario: Scenario, teams: readonly Team[]): State {
  const run = readyRun(scenario, teams)
  run.give('start-exercise', {})
  return run.state
}

export const oneMachine = (teams: readonly Team[], cores: number): Capacity =>
  new Map(teams.map(({ id }) => [id, { id: 'machine', cores }]))

/**
 * Lets the schedule run over a state that stands still, with work that takes as long as `costMs` says and ends as `good` says; a place for full work rests as
 * the runner lets it rest. Returns every start.
 */
export function simulate(options: {
  readonly state: State
  readonly capacity: Capacity
  readonly ms: number
  readonly costMs: (one: Wanted) => number
  readonly good?: (one: Wanted) => boolean
}): readonly Start[] {
  const { state, capacity, ms, costMs, good = () => true } = options
  const book = openRecords()
  const starts: Start[] = []
  const going = new Map<string, { one: Wanted; endsMs: number; freeMs: number; ended: boolean }>()
  for (let atMs = 0; atMs < ms; atMs += TICK_MS) {
    const now = { atMs, wallMs: atMs }
    for (const [id, work] of going) {
      if (!work.ended && work.endsMs <= atMs) {
        work.ended = true
        book.ended(work.one, now, { good: good(work.one) })
      }
      if (work.freeMs <= atMs) going.delete(id)
    }
    const occupied: Occupied[] = [...going.values()].map(({ one }) => one)
    for (const one of admit(wanted(state, book.records, now), occupied, book.records, capacity, atMs)) {
      const cost = costMs(one)
      book.began(one, atMs, state.position)
      const rest = one.lane === 'full' && !one.first ? cost : 0
      going.set(one.id, { one, endsMs: atMs + cost, freeMs: atMs + cost + rest, ended: false })
      starts.push({ atMs, one })
    }
  }
  return starts
}

export const countBy = <T>(list: readonly T[], of: (item: T) => string): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const item of list) counts.set(of(item), (counts.get(of(item)) ?? 0) + 1)
  return counts
}
