import type { Clock } from './ports.ts'

/** Something that loads the range's machine and can wait a little. */
export interface PacedWork {
  /** Since when it waits, and how often it is wanted; exercise time. */
  readonly dueMs: number
  readonly everyMs: number
  /** It is the first of its kind, of which nothing is known yet: its lane does not rest after it. */
  readonly first: boolean
  run(): Promise<void>
}

/**
 * Lanes for the platform's own looks: full journeys and the looks at footholds. One for each core of the range's machine, and a lane rests as long as it
 * has worked. So about half of the machine is left to the teams, the attacks and the light checks, and nothing is late for its deadline because of
 * how much the platform looks; on a small machine it looks less often. Wall time.
 */
export function openPace(cores: number, clock: Clock) {
  let taken = 0
  const inLane = async (work: PacedWork): Promise<void> => {
    taken += 1
    const since = clock.now()
    try {
      await work.run()
    } finally {
      const free = () => {
        taken -= 1
      }
      if (work.first) free()
      else void clock.sleep(clock.now() - since).then(free)
    }
  }
  return {
    hasRoom: (): boolean => taken < cores,
    /**
     * Starts what is latest by its own measure, as far as there is room, so that all are looked at less often in the same proportion. What it does not
     * start is to be offered again. Returns the promises.
     */
    start: (waiting: readonly PacedWork[], atMs: number): readonly Promise<void>[] =>
      waiting
        .toSorted((a, b) => lateness(b, atMs) - lateness(a, atMs))
        .slice(0, Math.max(0, cores - taken))
        .map(inLane),
  }
}

const lateness = ({ dueMs, everyMs }: PacedWork, atMs: number): number => (atMs - dueMs) / everyMs

export type Pace = ReturnType<typeof openPace>
