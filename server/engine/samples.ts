import type { EventLog, Sample } from './ports/ports.ts'

const BATCH = 500
/** Batches that a store which stands still keeps waiting; later ones are lost. */
const MOST_WAITING = 10
/** Samples show what is going on now, to an instructor or a team; what counts is in the ledger, with its evidence. */
const KEEP_MS = 2 * 3_600_000
const DROP_EVERY_MS = 600_000

/** Collects raw samples and stores them in batches: they are for people, never part of the fold. Old ones are dropped, first of all at the start. */
export function openSampleBuffer(log: EventLog, exerciseId: string) {
  let waiting: Sample[] = []
  let writing = Promise.resolve()
  let batches = 0
  let droppedAt = 0

  const write = async (batch: readonly Sample[]) => {
    await log.addSamples(exerciseId, batch)
    const now = batch.at(-1)?.wall ?? 0
    if (now - droppedAt < DROP_EVERY_MS) return
    await log.dropSamples(now - KEEP_MS)
    droppedAt = now
  }
  const flush = () => {
    const batch = waiting
    if (batch.length === 0 || batches >= MOST_WAITING) return writing
    waiting = []
    batches += 1
    // A store that can not take samples must not stop the exercise; facts in the ledger do reject.
    writing = writing
      .then(() => write(batch))
      .catch(() => undefined)
      .finally(() => {
        batches -= 1
      })
    return writing
  }
  return {
    add(sample: Sample) {
      if (waiting.length >= BATCH && batches >= MOST_WAITING) return
      // What was sent and received is of interest where something was wrong with it.
      waiting.push(sample.verdict === 'up' ? { ...sample, evidence: null } : sample)
      if (waiting.length >= BATCH) void flush()
    },
    flush,
  }
}
export type SampleBuffer = ReturnType<typeof openSampleBuffer>
