import { wallClock } from '../engine/wall-clock.ts'
import type { ProofRow } from '../proof/proof-row.ts'
import { prove } from '../proof/prove.ts'
import { loadScenario } from '../scenario/load.ts'
import { packFolders, scenarioFolder } from './settings.ts'
import { table } from './table.ts'
import { UserError } from './user-error.ts'
import { onWorkbench } from './workbench.ts'

export interface ProveOptions {
  readonly scenario?: string
  readonly pack?: readonly string[]
  readonly parallel: string
  readonly json?: boolean
}

/** `kilp prove`: deploys enclaves of its own, proves, removes them. Ends with 1 when a row is not as it must be. */
export async function runProve(weaknesses: readonly string[], options: ProveOptions): Promise<void> {
  const parallel = Number(options.parallel)
  if (!Number.isInteger(parallel) || parallel < 1 || parallel > 8)
    throw new UserError('--parallel takes a whole number from 1 to 8')
  const loaded = await loadScenario(scenarioFolder(options.scenario), {
    packs: packFolders(options.pack),
  })
  const known = loaded.scenario.weaknesses.map((w) => w.id)
  const unknown = weaknesses.find((w) => !known.includes(w))
  if (unknown)
    throw new UserError(
      `There is no weakness ${unknown} in ${loaded.scenario.slug}. There are: ${known.join(', ')}`,
    )
  const since = Date.now()
  await onWorkbench(
    {
      name: 'prove',
      teams: Math.min(parallel, weaknesses.length || parallel),
      spec: loaded.range,
    },
    async ({ range, teams, line }) => {
      let done = 0
      const rows = await prove({
        range,
        loaded,
        clock: wallClock,
        teams,
        ...(weaknesses.length > 0 ? { only: weaknesses } : {}),
        tell: (row) =>
          line(
            `  ${String(++done).padStart(3)}  ${row.ok ? 'ok  ' : 'FAIL'}  ${row.weakness}  ${label(row)}`,
          ),
      })
      print(rows, options.json ?? false, Date.now() - since)
      if (rows.some((row) => !row.ok)) process.exitCode = 1
    },
  )
}

const label = (row: ProofRow) => (row.name ? `${row.source} ${row.name}` : row.source)

function journeys({ broken }: ProofRow): string {
  if (!broken) return '-'
  return broken.length === 0 ? 'pass' : `fail: ${broken.map((b) => b.split(' ')[0]).join(', ')}`
}

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
        journeys(row),
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
