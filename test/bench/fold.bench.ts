import { evolve, fold } from '#exercise/fold/evolve.ts'
import { initialState } from '#exercise/fold/state.ts'
import { scoreAt } from '#exercise/scoring/scoring.ts'
import { HOURS, madeLedger, SERVICES, TEAMS, teams } from './large-ledger.ts'

const EVENTS = 1_000_000
const ROUNDS = 5
const AIM_MS = 1_000

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

/** Fold of a million-event ledger (aim: under one second), with the cost of one event live and of one score beside it. */
export async function bench(): Promise<{
  name: string
  rows: { what: string; value: number; unit: string; against?: string; ratio?: number }[]
}> {
  const ledger = madeLedger(EVENTS)
  const times: { fold: number; loop: number }[] = []
  let state = initialState
  for (let round = 0; round < ROUNDS; round += 1) {
    const begin = performance.now()
    state = fold(ledger)
    const folded = performance.now()
    // The least that any fold must do: visit every event and read what it says.
    let read = 0
    for (const event of ledger) if ('team' in event.data) read += event.at
    if (read === 0) throw new Error('the ledger is empty')
    times.push({ fold: folded - begin, loop: performance.now() - folded })
  }
  const foldMs = median(times.map((t) => t.fold))
  const tail = ledger.slice(-20_000)
  const liveBegin = performance.now()
  let live = state
  for (const event of tail) live = evolve(live, event)
  const liveUs = ((performance.now() - liveBegin) / tail.length) * 1000
  const scoreMs = median(
    Array.from({ length: 20 }, () => {
      const begin = performance.now()
      for (const { id } of teams) scoreAt(state, id, state.atMs)
      return performance.now() - begin
    }),
  )
  return {
    name: `Fold of ${EVENTS.toLocaleString('en')} events (${TEAMS} teams x ${SERVICES} services, ${HOURS} h)`,
    rows: [
      { what: 'fold', value: foldMs, unit: 'ms', against: `aim ${AIM_MS} ms`, ratio: foldMs / AIM_MS },
      { what: 'only reading the events', value: median(times.map((t) => t.loop)), unit: 'ms' },
      { what: 'evolve, one live event', value: liveUs, unit: 'µs' },
      { what: `score of all ${TEAMS} teams`, value: scoreMs, unit: 'ms' },
    ],
  }
}
