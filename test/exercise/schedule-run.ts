import type { State } from '#exercise/fold/state.ts'
import type { Scenario, Team } from '#exercise/scenario/model.ts'
import { admit, type Capacity, type Occupied } from '#exercise/schedule/admit.ts'
import { restMs } from '#exercise/schedule/rest.ts'
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
 * Lets the schedule run over a state that stands still (or is as told at each moment), with work that takes as long as `costMs` says and ends as `good` says; places rest as
 * the runner lets them rest. Returns every start.
 */
export function simulate(options: {
  readonly state: State | ((atMs: number) => State)
  readonly capacity: Capacity
  readonly ms: number
  readonly costMs: (one: Wanted) => number
  readonly good?: (one: Wanted) => boolean
}): readonly Start[] {
  const { capacity, ms, costMs, good = () => true } = options
  const book = openRecords()
  const starts: Start[] = []
  const going = new Map<string, { readonly one: Wanted; readonly cost: number; readonly endsMs: number }>()
  let resting: readonly { readonly place: Occupied; readonly freeMs: number }[] = []
  for (let atMs = 0; atMs < ms; atMs += TICK_MS) {
    const now = { atMs, wallMs: atMs }
    const state = typeof options.state === 'function' ? options.state(atMs) : options.state
    for (const [id, { one, cost, endsMs }] of going) {
      if (endsMs > atMs) continue
      going.delete(id)
      book.ended(one, now, { good: good(one) })
      const place = { ...one, id: `rest ${starts.length} ${id}`, touches: null }
      resting = [...resting, { place, freeMs: atMs + restMs(one, cost, state.strain) }]
    }
    resting = resting.filter(({ freeMs }) => freeMs > atMs)
    const occupied: Occupied[] = [
      ...[...going.values()].map(({ one }) => one),
      ...resting.map(({ place }) => place),
    ]
    for (const one of admit(wanted(state, book.records, now), occupied, book.records, capacity, atMs)) {
      const cost = costMs(one)
      book.began(one, now, state.position, state.strain.stretch)
      going.set(one.id, { one, cost, endsMs: atMs + cost })
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
