import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import pino from 'pino'
import type { RangeSpec } from '../engine/ports/loaded-scenario.ts'
import { DeployFailure, type Range } from '../engine/ports/ports.ts'
import { findEngine } from '../range/engine-api/docker.ts'
import { homeOf, ownerOf } from '../range/labels.ts'
import { openRange } from '../range/range.ts'
import { openProgress } from './console-report.ts'
import { ROOT, readSettings } from './settings.ts'

/** Enclaves outside any exercise, for an author to try things on. */
export interface Workbench {
  readonly range: Range
  readonly teams: readonly string[]
  /** One line of what is being done, on stderr. */
  line(text: string): void
}

/**
 * Deploys enclaves of its own, `teams` of them, gives them to `work`, and removes them, also when it is interrupted.
 * `name` tells these enclaves from those of an exercise: `prove-1`.
 */
export async function onWorkbench(
  options: {
    readonly name: string
    readonly teams: number
    readonly spec: RangeSpec
  },
  work: (bench: Workbench) => Promise<void>,
): Promise<void> {
  const settings = readSettings(process.env)
  const progress = openProgress(process.stderr)
  const found = await findEngine()
  const range = openRange({
    docker: found.docker,
    exerciseId: `${options.name[0]}${randomBytes(3).toString('hex')}`,
    seed: randomBytes(16).toString('hex'),
    spec: options.spec,
    home: `${homeOf(settings.dataDir)}-${options.name}`,
    owner: `${ownerOf(settings.dataDir)} (kilp ${options.name})`,
    ...(settings.pool ? { pool: settings.pool } : {}),
    infra: join(ROOT, 'infra'),
    cache: join(ROOT, '.kilp/cache'),
    log: pino({ level: process.env.KILP_LOG ?? 'warn' }, pino.destination(2)),
    say: (line) => progress.line(line),
  })
  const teams = Array.from({ length: options.teams }, (_, i) => `${options.name}-${i + 1}`)
  let ending: Promise<void> | null = null
  const stop = () => {
    if (ending) process.exit(130)
    progress.line('Stopping; removing the enclaves ...')
    ending = range.destroy().finally(() => process.exit(130))
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  try {
    await range.deploy(
      teams,
      (p) => progress.tell(p.team, p.done, p.total, p.what),
      () => {},
    )
    await work({ range, teams, line: (text) => progress.line(text) })
  } catch (error) {
    // What the service said before it gave up: without it nobody can mend it, and its container goes now.
    if (error instanceof DeployFailure && error.evidence) progress.line(error.evidence)
    throw error
  } finally {
    await (ending ?? range.destroy())
  }
}
