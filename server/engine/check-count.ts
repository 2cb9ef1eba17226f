import { PLATFORM } from '../exercise/ledger/actor.ts'
import type { CheckCount } from '../exercise/ledger/check-events.ts'
import type { Verdict } from '../exercise/scenario/words.ts'
import type { Engine } from './engine.ts'
import type { Clock } from './ports/ports.ts'

/** A crash takes as much of the count along. Wall time, ms. */
const EVERY_MS = 300_000
const NONE: CheckCount = { light: 0, full: 0, unknown: 0 }

/** Counts how often teams are looked at, and says it in the ledger, for whoever asks whether they were treated alike. */
export interface CheckCounter {
  /** One look, with what it found. Those before the start and in a pause are for nobody's score, and are not counted. */
  add(team: string, kind: 'light' | 'full', verdict: Verdict): void
  /** Says what was not said yet, and ends. */
  close(): Promise<void>
}

/** Says it at each pause, at the end, and in between. What the store does not take is said with the next. */
export function openCheckCounter(of: {
  readonly engine: Engine
  readonly clock: Clock
  readonly fault: (what: string, error: unknown) => void
}): CheckCounter {
  const { engine, clock, fault } = of
  let counts: Readonly<Record<string, CheckCount>> = {}
  const plus = (team: string, more: CheckCount) => {
    const { light, full, unknown } = counts[team] ?? NONE
    const sum = { light: light + more.light, full: full + more.full, unknown: unknown + more.unknown }
    counts = { ...counts, [team]: sum }
  }
  const say = async () => {
    const teams = counts
    if (Object.keys(teams).length === 0) return
    counts = {}
    try {
      await engine.submit({ type: 'count-checks', data: { teams } }, PLATFORM)
    } catch (error) {
      for (const [team, count] of Object.entries(teams)) plus(team, count)
      fault('counting checks', error)
    }
  }
  const stops = [
    clock.every(EVERY_MS, () => void say()),
    engine.onEvents((events) => {
      if (events.some(({ type }) => type === 'exercise.paused' || type === 'exercise.ended')) void say()
    }),
  ]
  return {
    add(team, kind, verdict) {
      if (engine.state().phase !== 'running') return
      plus(team, { ...NONE, [kind]: 1, unknown: verdict === 'unknown' ? 1 : 0 })
    },
    async close() {
      for (const stop of stops) stop()
      await say()
    },
  }
}
