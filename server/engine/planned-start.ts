import type { Refusal } from '../exercise/decide/commands.ts'
import { PLATFORM } from '../exercise/ledger/actor.ts'
import type { Engine } from './engine.ts'
import type { Clock } from './ports/ports.ts'

const PAST_START: Refusal = {
  code: 'start-is-past',
  message: 'The planned start has passed. Give a moment that is still to come.',
  params: {},
}

/** Why a start can not be planned then; null where it can. Taken at its word, one that has passed would begin at once, and for good. */
export const pastStart = (atWall: number | null, now: number): Refusal | null =>
  atWall !== null && atWall <= now ? PAST_START : null

const LOOK_MS = 500
/** So much too late it still begins by itself: enclaves that came up a little after the moment. Later, whoever planned it may have sent everybody home. */
const LATE_MS = 10 * 60_000

/** Starts an exercise at the moment that was planned for it, where it is ready by then. Returns the function that ends it. */
export function followPlannedStart(
  engine: Pick<Engine, 'state' | 'submit'>,
  clock: Clock,
  fault: (what: string, error: unknown) => void,
): () => void {
  let busy = false
  return clock.every(LOOK_MS, () => {
    const { phase, plannedStart } = engine.state()
    if (busy || phase !== 'ready' || plannedStart === null || clock.now() < plannedStart) return
    const type = clock.now() - plannedStart > LATE_MS ? 'miss-start' : 'start-exercise'
    busy = true
    engine
      .submit({ type, data: {} }, PLATFORM)
      .catch((error) => fault(type, error))
      .finally(() => {
        busy = false
      })
  })
}
