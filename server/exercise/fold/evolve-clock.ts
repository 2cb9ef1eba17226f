import type { Recorded } from '../ledger/events.ts'
import { type Draft, pushBounded } from './draft.ts'

const KEPT = 200

/** After an event was folded: keeps how exercise time goes from here, where the event says that it does otherwise. */
export function clockTurned(draft: Draft, { type, at, wall }: Recorded): void {
  switch (type) {
    case 'exercise.started':
    case 'exercise.paused':
    case 'exercise.resumed':
    case 'exercise.skipped':
    case 'exercise.ended':
    case 'speed.changed':
    case 'platform.recovered': {
      const { clock, phase, speed } = draft.root
      const runs = phase === 'running'
      // Before the start there is no exercise time, whatever is set.
      if (clock.length === 0 && !runs) return
      const turn = { atMs: at, wall, speed: runs ? speed : 0 }
      draft.root.clock = pushBounded(draft, clock, turn, KEPT)
      return
    }
    default:
  }
}
