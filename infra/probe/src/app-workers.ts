import { Worker } from 'node:worker_threads'
import type { AppPlace, AppRunner } from './app.ts'

export interface AskedApp {
  readonly name: string
  readonly input: Readonly<Record<string, string>>
}
export interface ToldApp {
  readonly text: string
  readonly error: string | null
}

/** At once; the first stays for the next app, so that its modules are loaded once. */
const MOST = 3
const HEAP_MIB = 64
/** The same file in the repository, and stripped of its types in a container. */
const FILE = new URL(`./app-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url)

/**
 * Apps work with what services give them, and a service may be hostile: each runs in a thread that is ended when its time or memory is over. Only the run that asked
 * for it sees that.
 */
export function openAppWorkers({ nationSeed, cardAuthority }: Omit<AppPlace, 'population'>): AppRunner {
  const idle: Worker[] = []
  const all = new Set<Worker>()
  const waiting: (() => void)[] = []

  const open = (): Worker => {
    const worker = new Worker(FILE, {
      workerData: { nationSeed, cardAuthority },
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB },
    })
    all.add(worker)
    worker.unref()
    return worker
  }
  const take = async (): Promise<Worker> => {
    for (;;) {
      const worker = idle.pop()
      if (worker) return worker
      if (all.size < MOST) return open()
      await new Promise<void>((wake) => waiting.push(wake))
    }
  }
  const end = (worker: Worker) => {
    all.delete(worker)
    void worker.terminate()
  }
  const done = (worker: Worker) => {
    if (idle.length === 0) idle.push(worker)
    else end(worker)
  }

  const ask = async (worker: Worker, asked: AskedApp, deadline: number): Promise<ToldApp> => {
    const told = Promise.withResolvers<ToldApp>()
    const timer = setTimeout(
      () => told.reject(new Error('it was not done in time')),
      Math.max(1, deadline - performance.now()),
    )
    worker.once('message', told.resolve)
    // Out of memory, or whatever else ends a thread.
    worker.once('error', told.reject)
    worker.postMessage(asked)
    try {
      return await told.promise
    } finally {
      clearTimeout(timer)
      worker.removeAllListeners('message')
      worker.removeAllListeners('error')
      worker.on('error', () => {})
    }
  }

  return {
    async run(name, input, deadline) {
      const worker = await take()
      const { text, error } = await ask(worker, { name, input }, deadline)
        .then(
          (told) => {
            done(worker)
            return told
          },
          (fault: unknown) => {
            end(worker)
            throw fault
          },
        )
        .finally(() => waiting.shift()?.())
      if (error !== null) throw new Error(error)
      return text
    },
    async close() {
      await Promise.all([...all].map((worker) => worker.terminate()))
    },
  }
}
