import { openRecords } from '../../server/engine/runner/records.ts'
import { admit, type Occupied } from '../../server/exercise/schedule/admit.ts'
import { wanted } from '../../server/exercise/schedule/wanted.ts'
import { broadScenario, manyTeams, oneMachine, running } from '../exercise/schedule-run.ts'

const TICK_MS = 100
const TICKS = 3_000

/** One plan of the schedule per tick: in one kind of run hardly anything is due, in the other the machine carries a twentieth of what is wanted. */
function planTimes(teamCount: number, cores: number, endsAfterTicks: number): readonly number[] {
  const teams = manyTeams(teamCount)
  const state = running(broadScenario(16, 3, 20_000), teams)
  const capacity = oneMachine(teams, cores)
  const book = openRecords()
  const going = new Map<string, { readonly until: number; readonly one: Occupied }>()
  const times: number[] = []
  for (let tick = 0; tick < TICKS; tick += 1) {
    const atMs = tick * TICK_MS
    for (const [id, { until }] of going) if (until <= tick) going.delete(id)
    const since = performance.now()
    const all = wanted(state, book.records, { atMs, wallMs: atMs })
    const started = admit(
      all,
      [...going.values()].map(({ one }) => one),
      book.records,
      capacity,
      atMs,
    )
    times.push(performance.now() - since)
    for (const one of started) {
      book.began(one, { atMs, wallMs: atMs }, state.position, 1)
      book.ended(one, { atMs: atMs + TICK_MS, wallMs: atMs + TICK_MS }, { good: true })
      going.set(one.id, { until: tick + endsAfterTicks, one })
    }
  }
  return times.toSorted((a, b) => a - b)
}

const at = (times: readonly number[], part: number) => times[Math.floor(times.length * part)] ?? 0

/** What one tick of the schedule costs, from the state and the records to what starts. */
export async function bench() {
  planTimes(3, 8, 1)
  const calm = planTimes(24, 48, 1)
  const crowded = planTimes(24, 1, 30)
  const few = planTimes(3, 8, 1)
  const row = (what: string, value: number, more = {}) => ({ what, value, unit: 'ms', ...more })
  const base = at(few, 0.5)
  return {
    name: 'The schedule: one plan, 16 services a team',
    rows: [
      row('3 teams, median', base),
      row('24 teams on a machine that carries them, median (aim: under 5 ms)', at(calm, 0.5), {
        against: '3 teams',
        ratio: at(calm, 0.5) / base,
      }),
      row('the same, p95', at(calm, 0.95)),
      row('24 teams on one core, nearly everything waiting, median', at(crowded, 0.5), {
        against: '3 teams',
        ratio: at(crowded, 0.5) / base,
      }),
      row('the same, p95', at(crowded, 0.95)),
    ],
  }
}
