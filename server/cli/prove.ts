import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import pino from 'pino'
import { type ProofRow, prove } from '../engine/prove.ts'
import { wallClock } from '../engine/wall-clock.ts'
import { findEngine } from '../range/docker.ts'
import { homeOf } from '../range/labels.ts'
import { openRange } from '../range/range.ts'
import { loadScenario } from '../scenario/load.ts'
import { openProgress } from './console-report.ts'
import { ROOT, readSettings, scenarioFolder } from './settings.ts'
import { table } from './table.ts'
import { UserError } from './user-error.ts'

export interface ProveOptions {
  readonly scenario?: string
  readonly parallel: string
  readonly json?: boolean
}

/** `kilp prove`: deploys enclaves of its own, proves, removes them. Ends with 1 when a row is not as it must be. */
export async function runProve(weaknesses: readonly string[], options: ProveOptions): Promise<void> {
  const parallel = Number(options.parallel)
  if (!Number.isInteger(parallel) || parallel < 1 || parallel > 8)
    throw new UserError('--parallel takes a whole number from 1 to 8')
  const settings = readSettings(process.env)
  const loaded = await loadScenario(scenarioFolder(options.scenario))
  const known = loaded.scenario.weaknesses.map((w) => w.id)
  const unknown = weaknesses.find((w) => !known.includes(w))
  if (unknown)
    throw new UserError(
      `There is no weakness ${unknown} in ${loaded.scenario.slug}. There are: ${known.join(', ')}`,
    )
  const progress = openProgress(process.stderr)
  const found = await findEngine()
  const range = openRange({
    docker: found.docker,
    exerciseId: `p${randomBytes(3).toString('hex')}`,
    seed: randomBytes(16).toString('hex'),
    spec: loaded.range,
    home: `${homeOf(settings.dataDir)}-prove`,
    ...(settings.pool ? { pool: settings.pool } : {}),
    infra: join(ROOT, 'infra'),
    cache: join(ROOT, '.kilp/cache'),
    log: pino({ level: process.env.KILP_LOG ?? 'warn' }, pino.destination(2)),
  })
  const teams = Array.from(
    { length: Math.min(parallel, weaknesses.length || parallel) },
    (_, i) => `prove-${i + 1}`,
  )
  const since = Date.now()
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
    let done = 0
    const rows = await prove({
      range,
      loaded,
      clock: wallClock,
      teams,
      ...(weaknesses.length > 0 ? { only: weaknesses } : {}),
      tell: (row) =>
        progress.line(
          `  ${String(++done).padStart(3)}  ${row.ok ? 'ok  ' : 'FAIL'}  ${row.weakness}  ${label(row)}`,
        ),
    })
    print(rows, options.json ?? false, Date.now() - since)
    if (rows.some((row) => !row.ok)) process.exitCode = 1
  } finally {
    await (ending ?? range.destroy())
  }
}

const label = (row: ProofRow) => (row.name ? `${row.source} ${row.name}` : row.source)

function print(rows: readonly ProofRow[], json: boolean, ms: number): void {
  if (json) {
    process.stdout.write(`${JSON.stringify({ rows }, null, 2)}\n`)
    return
  }
  const sorted = [...rows].sort((a, b) => a.weakness.localeCompare(b.weakness))
  process.stdout.write(
    `\n${table(
      ['', 'weakness', 'source', 'exploit', 'journeys', 'ms'],
      sorted.map((row) => [
        row.ok ? 'ok' : 'FAIL',
        row.weakness,
        label(row),
        row.exploit,
        row.broken.length === 0 ? 'pass' : `fail: ${row.broken.map((b) => b.split(' ')[0]).join(', ')}`,
        String(Math.round(row.ms)),
      ]),
    )}\n`,
  )
  for (const row of sorted.filter((r) => !r.ok))
    process.stdout.write(`\n${row.weakness} ${label(row)}: ${row.why}\n`)
  const failed = rows.filter((row) => !row.ok).length
  process.stdout.write(
    `\nProof matrix after ${(ms / 1000).toFixed(0)} s\n${rows.length - failed} passed, ${failed} failed\n`,
  )
}
