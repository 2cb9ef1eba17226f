import { findEngine } from '../range/docker.ts'
import { removeAll } from '../range/sweep.ts'
import { readRuntimeFile, removeRuntimeFile } from './runtime-file.ts'
import { readSettings } from './settings.ts'

const STOP_WITHIN_MS = 20_000

/** `kilp down`: ends the platform of this data folder, then removes what Kilp made on the engine. */
export async function runDown(options: { images?: boolean }): Promise<void> {
  const { dataDir } = readSettings(process.env)
  const tell = (text: string) => process.stderr.write(`${text}\n`)
  const running = readRuntimeFile(dataDir)
  if (running) {
    tell(`Ending Kilp (process ${running.pid}) ...`)
    process.kill(running.pid, 'SIGTERM')
    const until = Date.now() + STOP_WITHIN_MS
    while (readRuntimeFile(dataDir) && Date.now() < until) await new Promise((wake) => setTimeout(wake, 100))
  }
  removeRuntimeFile(dataDir)
  const { docker } = await findEngine()
  await removeAll(docker, { images: options.images ?? false, tell })
  tell('Nothing of Kilp is left on the engine.')
}
