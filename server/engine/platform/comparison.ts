import { setImmediate as others } from 'node:timers/promises'
import { fold } from '../../exercise/fold/evolve.ts'
import { initialState, type State } from '../../exercise/fold/state.ts'
import { compare, type ReadableComparison, unitKey } from '../../exercise/views/comparison/comparison.ts'
import { type FoughtExercise, foughtExercise } from '../../exercise/views/comparison/exercise-facts.ts'
import type { EventLog } from '../ports/ports.ts'
import { openQueue } from '../queue.ts'
import type { Exercises } from './exercises.ts'

/** Between two pages others have their turn. A fold of so many events takes some tens of milliseconds; smaller pages copy the state so often that collecting it takes longer. */
const PAGE = 5_000

/** All exercises of an installation beside each other. */
export interface Comparisons {
  /** `joined`: pairs of a name and the unit that it belongs to. */
  compared(joined: readonly (readonly [name: string, unit: string])[]): Promise<ReadableComparison>
}

/** What an exercise that does not run shows is worked out once, and again only where something was added to its ledger, as a grade is. */
export function openComparisons(of: {
  readonly log: Pick<EventLog, 'read' | 'lastPosition'>
  readonly exercises: Pick<Exercises, 'list'>
  /** The state of an exercise that is open; null for others. */
  readonly stateOf: (exerciseId: string) => State | null
}): Comparisons {
  const kept = new Map<string, { readonly position: number; readonly fought: FoughtExercise }>()
  // One after another: each folds whole ledgers.
  const queue = openQueue()

  const fought = async (id: string): Promise<FoughtExercise> => {
    const open = of.stateOf(id)
    if (open) return foughtExercise(open, open.atMs)
    const position = await of.log.lastPosition(id)
    const known = kept.get(id)
    if (known?.position === position) return known.fought
    let state = initialState
    for (;;) {
      const page = await of.log.read(id, state.position, PAGE)
      state = fold(page, state)
      if (page.length < PAGE) break
      await others()
    }
    const facts = foughtExercise(state, state.atMs)
    kept.set(id, { position: state.position, fought: facts })
    return facts
  }

  return {
    compared: (joined) =>
      queue.run(async () => {
        const all: (FoughtExercise & { readonly wall: number })[] = []
        const listed = await of.exercises.list()
        const unread: string[] = []
        for (const { id, createdWall: wall } of listed) {
          const facts = await fought(id).catch(() => null)
          if (facts) all.push({ ...facts, wall })
          else unread.push(id)
        }
        const ids = new Set(listed.map(({ id }) => id))
        for (const id of kept.keys()) if (!ids.has(id)) kept.delete(id)
        const units = new Map(joined.map(([name, unit]) => [unitKey(name), unit]))
        return { ...compare(all, units), unread }
      }),
  }
}
