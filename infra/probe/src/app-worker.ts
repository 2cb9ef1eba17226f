import { parentPort, workerData } from 'node:worker_threads'
import type { AskedApp, ToldApp } from './app-workers.ts'
import { APPS } from './apps.ts'
import { populationOf } from './people.ts'
import { READ, readAsked } from './reading.ts'

/** One app after the other, in a thread of its own. */
const { nationSeed, cardAuthority } = workerData as { nationSeed: string; cardAuthority: string }
const place = { population: populationOf(nationSeed), nationSeed, cardAuthority }

const answer = async ({ name, input }: AskedApp): Promise<ToldApp> => {
  try {
    const told = name === READ ? readAsked(input) : await APPS[name]?.(input, place)
    return { text: JSON.stringify(told), error: null }
  } catch (error) {
    return { text: '', error: error instanceof Error ? error.message : String(error) }
  }
}

parentPort?.on('message', (asked: AskedApp) => {
  void answer(asked).then((told) => parentPort?.postMessage(told))
})
