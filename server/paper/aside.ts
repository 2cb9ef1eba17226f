import { Worker } from 'node:worker_threads'
import type { Sheet } from '../exercise/views/report/sheet.ts'

/** A report of eight hours and 24 teams takes half a second; what takes so long never ends. */
const DEADLINE_MS = 30_000
const MEMORY_MB = 512
const FILE = new URL('./paper.worker.ts', import.meta.url)

/** One after the other, however many ask. */
let tail: Promise<unknown> = Promise.resolve()

/** A report as a PDF, made in a thread of its own: whatever a report is full of, the exercise does not wait for it. */
export function paperAside(sheet: Sheet): Promise<Buffer> {
  const result = tail.then(() => inWorker(sheet))
  tail = result.catch(() => {})
  return result
}

function inWorker(sheet: Sheet): Promise<Buffer> {
  const worker = new Worker(FILE, {
    workerData: sheet,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  })
  return new Promise<Uint8Array>((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(`the report was not written within ${DEADLINE_MS} ms`)),
      DEADLINE_MS,
    )
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => {
      clearTimeout(late)
      reject(new Error('writing the report came to an end'))
    })
  })
    .then((bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    .finally(() => worker.terminate())
}
