import { createInterface } from 'node:readline'
import type { LoadedScenario, RangeSpec } from '../engine/ports/loaded-scenario.ts'
import type { RunResult } from '../engine/ports/ports.ts'
import { wallClock } from '../engine/wall-clock.ts'
import { type Bench, gatherLoot, runExploit } from '../proof/prove-bench.ts'
import { reason } from '../range/log.ts'
import { loadScenario } from '../scenario/load.ts'
import { packFolders, scenarioFolder } from './settings.ts'
import { table } from './table.ts'
import { UserError } from './user-error.ts'
import { onWorkbench, type Workbench } from './workbench.ts'

export interface RehearseOptions {
  readonly scenario?: string
  readonly pack?: readonly string[]
  readonly rounds: string
  readonly keep?: boolean
}

/**
 * `kilp rehearse`: one enclave, every journey `--rounds` times one after the other and then every exploit, with the evidence of what failed.
 * With `--keep` it then takes names from standard input, reads the scenario anew for each line, and runs those.
 */
export async function runRehearse(names: readonly string[], options: RehearseOptions): Promise<void> {
  const rounds = Number(options.rounds)
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > 100)
    throw new UserError('--rounds takes a whole number from 1 to 100')
  const folder = scenarioFolder(options.scenario)
  const packs = packFolders(options.pack)
  const loaded = await loadScenario(folder, { packs })
  // Scripts are read again while the enclave stands; what is deployed stays as it is.
  const spec: { -readonly [K in keyof RangeSpec]: RangeSpec[K] } = { ...loaded.range }
  const first = chosen(loaded, names)
  await onWorkbench({ name: 'rehearse', teams: 1, spec }, async (bench) => {
    let failed = await playAll(bench, loaded, first, rounds)
    if (options.keep) {
      bench.line(
        'The enclave stays. Type names of journeys or weaknesses, or an empty line for all; end with Ctrl-D.',
      )
      for await (const line of createInterface({ input: process.stdin })) {
        try {
          const again = await loadScenario(folder, { packs })
          spec.journeys = again.range.journeys
          spec.exploits = again.range.exploits
          spec.footholds = again.range.footholds
          failed = await playAll(bench, again, chosen(again, line.split(/\s+/).filter(Boolean)), rounds)
        } catch (error) {
          bench.line(reason(error))
        }
      }
    }
    if (failed > 0) process.exitCode = 1
  })
}

interface Choice {
  readonly id: string
  readonly exploit: boolean
}

/** What of the scenario is meant: journeys and weaknesses by `<service>/<name>`, or all of a service by its id; nothing named is everything. */
function chosen({ range }: LoadedScenario, names: readonly string[]): readonly Choice[] {
  const all = [
    ...Object.keys(range.journeys).map((id) => ({ id, exploit: false })),
    ...Object.keys(range.exploits).map((id) => ({ id, exploit: true })),
  ]
  const meant = (name: string) => all.filter(({ id }) => id === name || id.startsWith(`${name}/`))
  const unknown = names.find((name) => meant(name).length === 0)
  if (unknown)
    throw new UserError(`There is no service, journey or planted weakness ${unknown} in this scenario`)
  return names.length === 0 ? all : names.flatMap(meant)
}

async function playAll(
  bench: Workbench,
  loaded: LoadedScenario,
  choices: readonly Choice[],
  rounds: number,
): Promise<number> {
  const team = bench.teams[0] ?? ''
  const thief: Bench = { team, range: bench.range, loaded, clock: wallClock, loot: new Map() }
  const rows: string[][] = []
  let failed = 0
  for (const { id, exploit } of choices)
    for (let round = 1; round <= (exploit ? 1 : rounds); round++) {
      const [service = '', journey = ''] = id.split('/')
      const run = exploit
        ? await exploitOnce(thief, id)
        : await bench.range.runJourney(team, service, journey)
      const ok = run.outcome === 'pass'
      if (!ok) failed += 1
      const what = exploit ? 'exploit' : `journey ${round}`
      rows.push([
        ok ? 'ok' : 'FAIL',
        id,
        what,
        exploit ? (ok ? 'lands' : run.outcome) : run.verdict,
        String(run.ms),
      ])
      bench.line(`  ${ok ? 'ok  ' : 'FAIL'}  ${id}  ${what}${ok ? '' : `\n${told(run)}`}`)
    }
  process.stdout.write(`\n${table(['', 'script', 'run', 'result', 'ms'], rows)}\n`)
  process.stdout.write(`\n${rows.length - failed} passed, ${failed} failed\n`)
  return failed
}

/** With what earlier exploits of its chain carry off. */
async function exploitOnce(thief: Bench, weakness: string): Promise<RunResult> {
  await gatherLoot(thief, weakness)
  return runExploit(thief, weakness)
}

const told = ({ evidence }: RunResult): string =>
  evidence
    ? [
        `        ${evidence.step}`,
        `        expected ${evidence.expected}`,
        `        sent     ${evidence.sent}`,
        `        received ${evidence.received}`,
      ].join('\n')
    : '        no evidence'
