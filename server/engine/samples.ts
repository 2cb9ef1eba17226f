import type { EventLog, Sample } from './ports.ts'

const BATCH = 500

/** Collects raw samples and stores them in batches: they are evidence for people, never part of the fold. */
export function openSampleBuffer(log: EventLog, exerciseId: string) {
  let waiting: Sample[] = []
  let writing = Promise.resolve()
  const flush = () => {
    const batch = waiting
    if (batch.length === 0) return writing
    waiting = []
    // A store that can not take samples must not stop the exercise; facts in the ledger do reject.
    writing = writing.then(() => log.addSamples(exerciseId, batch)).catch(() => undefined)
    return writing
  }
  return {
    add(sample: Sample) {
      waiting.push(sample)
      if (waiting.length >= BATCH) void flush()
    },
    flush,
  }
}
export type SampleBuffer = ReturnType<typeof openSampleBuffer>
