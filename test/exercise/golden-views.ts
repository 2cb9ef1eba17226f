import { readFileSync } from 'node:fs'
import { fold } from '#exercise/fold/evolve.ts'
import { redact } from '#exercise/ledger/audience.ts'
import type { Recorded } from '#exercise/ledger/events.ts'
import { upcast } from '#exercise/ledger/upcast.ts'
import type { Audience } from '#exercise/scenario/model.ts'
import { explain } from '#exercise/scoring/explain.ts'
import { exerciseView } from '#exercise/views/exercise-view.ts'
import { hintViews } from '#exercise/views/hint-views.ts'
import { nationalView } from '#exercise/views/national-view.ts'
import { publicExercise } from '#exercise/views/public-exercise.ts'
import { seriesOf } from '#exercise/views/series.ts'

const AUDIENCES: readonly Audience[] = [
  { seat: 'white' },
  { seat: 'observer' },
  { seat: 'guest' },
  { seat: 'blue', team: 'saareke' },
]

/** Moments at which the golden views were taken: in the middle of things, and after the end. */
const MOMENTS_MS = [150_000, 600_000]

export const goldenFile = (name: string) => new URL(`../golden/${name}`, import.meta.url)

/** A recorded ledger: one event per line. */
export function goldenLedger(name: string): readonly Recorded[] {
  const lines = readFileSync(goldenFile(`${name}.jsonl`), 'utf8')
    .trimEnd()
    .split('\n')
  return lines.map((line) => upcast(JSON.parse(line)))
}

/** What every screen shows of a ledger, per audience and moment, each folded from the audience's own stream. */
export function goldenViews(ledger: readonly Recorded[]): Readonly<Record<string, unknown>> {
  const views = MOMENTS_MS.flatMap((at) =>
    AUDIENCES.map((audience) => {
      const stream = ledger
        .filter((event) => event.at <= at)
        .flatMap((event) => redact(event, audience) ?? [])
      const state = fold(stream)
      const seat = audience.seat === 'blue' ? `blue ${audience.team}` : audience.seat
      return [
        `${seat} at ${at / 1000} s`,
        {
          exercise: exerciseView(state, at, audience),
          national: audience.seat === 'guest' ? nationalView(state, at) : null,
          public: audience.seat === 'guest' ? publicExercise(state, at) : null,
          lines: state.teams.map((team) => explain(state, team.id, at, audience)),
          hints: audience.seat === 'blue' ? hintViews(state, audience.team) : null,
        },
      ]
    }),
  )
  return { ...Object.fromEntries(views), series: seriesOf(ledger, 30_000, 600_000) }
}
