import { removeAll } from '../range/enclave/sweep.ts'
import { findEngine } from '../range/engine-api/docker.ts'
import { isRunning, type RuntimeFile, readRuntimeFile, removeRuntimeFile } from './runtime-file.ts'
import { readSettings } from './settings.ts'
import { UserError } from './user-error.ts'

const STOP_WITHIN_MS = 20_000
const ROUNDS = 5

/** `kilp down`: ends the platform of this data folder, then removes what Kilp made on the engine. */
export async function runDown(options: { images?: boolean }): Promise<void> {
  const { dataDir } = readSettings(process.env)
  const tell = (text: string) => process.stderr.write(`${text}\n`)
  const running = readRuntimeFile(dataDir)
  if (running) {
    tell(`Ending Kilp (process ${running.pid}) ...`)
    await endProcess(running)
  }
  removeRuntimeFile(dataDir)
  const { docker } = await findEngine()
  // What a platform had asked the engine for when it ended may still come.
  for (let round = 0; round < ROUNDS; round++) {
    const { containers, networks, stuck } = await removeAll(docker, { images: options.images ?? false, tell })
    if (stuck.length > 0)
      throw new UserError(
        `The engine holds on to networks that nothing uses: ${stuck.join(', ')}. Restart the engine and run this again.`,
      )
    if (!running || containers + networks === 0) break
  }
  tell('Nothing of Kilp is left on the engine.')
}

/** Waits for the process itself: until it is gone it may still make containers. One that does not end is killed; its ledger bears that. */
async function endProcess(running: RuntimeFile): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (isRunning(running)) process.kill(running.pid, signal)
    const until = Date.now() + STOP_WITHIN_MS
    while (isRunning(running) && Date.now() < until) await new Promise((wake) => setTimeout(wake, 100))
  }
}
