import { type Cleared, clear, imagesOf, type Others, removeImages } from '../range/enclave/clear.ts'
import { stuckText } from '../range/enclave/sweep.ts'
import { findEngine } from '../range/engine-api/docker.ts'
import { homeOf } from '../range/labels.ts'
import { clearSwarm } from '../range/swarm/clear.ts'
import { isRunning, type RuntimeFile, readRuntimeFile, removeRuntimeFile } from './runtime-file.ts'
import { readSettings } from './settings.ts'
import { swarmSettings } from './swarm-settings.ts'
import { UserError } from './user-error.ts'

const STOP_WITHIN_MS = 20_000
const ROUNDS = 5

export interface DownOptions {
  readonly images?: boolean
  readonly all?: boolean
}

/** `kilp down`: ends the platform of this data folder, then removes what it made on the engine; with `--all` what any Kilp made. */
export async function runDown(options: DownOptions): Promise<void> {
  const { dataDir } = readSettings(process.env)
  const tell = (text: string) => process.stderr.write(`${text}\n`)
  const running = readRuntimeFile(dataDir)
  if (running) {
    tell(`Ending Kilp (process ${running.pid}) ...`)
    await endProcess(running)
  }
  removeRuntimeFile(dataDir)
  const { docker } = await findEngine()
  const home = options.all ? null : homeOf(dataDir)
  let last: Cleared | null = null
  // What a platform had asked the engine for when it ended may still come, also where it was ending already and its file is gone.
  for (let round = 0; round < ROUNDS; round++) {
    last = await clear(docker, home)
    tell(`${last.containers} containers and ${last.networks} networks removed`)
    if (last.stuck.length > 0) throw new UserError(stuckText(last.stuck))
    if (last.containers + last.networks === 0) break
  }
  const swarm = swarmSettings(process.env, dataDir, true)
  const nodes = home && swarm ? await clearSwarm(docker, home, swarm) : null
  for (const { containers, networks } of nodes?.cleared ?? [])
    tell(`${containers} containers and ${networks} networks removed on a node of the Swarm`)
  for (const name of nodes?.away ?? [])
    tell(`${name} does not answer: run npm run down again when it is back, or what stands there stays`)
  if (last?.rules) tell("the host's rules removed")
  if (options.images) tell(`${await removeImages(docker)} images removed`)
  const images = (await imagesOf(docker)).length
  for (const line of leftLines(last?.others ?? [], images, dataDir)) tell(line)
}

/** Pure: what is left on the engine, and whose. */
export function leftLines(others: readonly Others[], images: number, dataDir: string): readonly string[] {
  const left = `${images} images, which the next start uses again (without them: --images)`
  if (others.length === 0)
    return [`Nothing of Kilp is left on the engine${images > 0 ? ` but ${left}` : ''}.`]
  return [
    `Nothing of ${dataDir} is left on the engine. Others have there, and keep:`,
    ...others.map(
      ({ home, owner, exercises, containers, networks }) =>
        `  ${containers} containers and ${networks} networks of ${owner || `installation ${home || 'unknown'}`}, exercise ${exercises.join(', ')}`,
    ),
    "  the host's rules that keep enclaves in",
    ...(images > 0 ? [`  ${images} images`] : []),
    'To remove that too, also from under exercises that run: npm run down -- --all',
  ]
}

/** Waits for the process itself: until it is gone it may still make containers. One that does not end is killed; its ledger bears that. */
async function endProcess(running: RuntimeFile): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (isRunning(running)) process.kill(running.pid, signal)
    const until = Date.now() + STOP_WITHIN_MS
    while (isRunning(running) && Date.now() < until) await new Promise((wake) => setTimeout(wake, 100))
  }
}
