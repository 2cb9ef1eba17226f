import type { Clock } from './ports.ts'

/** Something that loads the range's machine and can wait a little. */
export interface PacedWork {
  /** Since when it waits, exercise time. */
  readonly dueMs: number
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
      void clock.sleep(clock.now() - since).then(() => {
        taken -= 1
      })
    }
  }
  return {
    hasRoom: (): boolean => taken < cores,
    /** Starts what has waited longest, as far as there is room; what it does not start is to be offered again. Returns the promises. */
    start: (waiting: readonly PacedWork[]): readonly Promise<void>[] =>
      waiting
        .toSorted((a, b) => a.dueMs - b.dueMs)
        .slice(0, Math.max(0, cores - taken))
        .map(inLane),
  }
}

export type Pace = ReturnType<typeof openPace>
