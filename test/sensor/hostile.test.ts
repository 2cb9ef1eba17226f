import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { BOUNDS } from '../../infra/sensor/src/sensor.ts'

test('all that it can be made to keep has room in the memory that it has', async () => {
  // As infra/sensor/Dockerfile starts it: of its 64 MiB, 24 are for what is no bytes.
  const worker = new Worker(new URL('hostile.worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: 24, maxYoungGenerationSizeMb: 3 },
  })
  const told = await new Promise<Record<string, number>>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  await worker.terminate()
  expect(told.flows).toBe(BOUNDS.flows)
  expect(told.arrayBuffers).toBeLessThan(24 * 1024 * 1024)
})
