import { createInterface } from 'node:readline'
import type { LoadedScenario, RangeSpec } from '../engine/ports/loaded-scenario.ts'
import type { RunResult } from '../engine/ports/ports.ts'
import { wallClock } from '../engine/wall-clock.ts'
import { cameOut } from '../proof/proof-row.ts'
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
          spec.witnesses = again.range.witnesses
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
  readonly kind: 'journey' | 'witness' | 'exploit'
}

/** Witnesses come first: what an exploit does may be in their way. */
const OF_WEAKNESS = ['witness', 'exploit'] as const

/** What of the scenario is meant: journeys and weaknesses by `<service>/<name>`, or all of a service by its id; nothing named is everything. */
function chosen({ range }: LoadedScenario, names: readonly string[]): readonly Choice[] {
  const all = [
    ...Object.keys(range.journeys).map((id) => ({ id, kind: 'journey' as const })),
    ...Object.keys(range.exploits).flatMap((id) =>
      OF_WEAKNESS.filter((kind) => kind === 'exploit' || range.witnesses[id]).map((kind) => ({ id, kind })),
    ),
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
  for (const { id, kind } of choices)
    for (let round = 1; round <= (kind === 'journey' ? rounds : 1); round++) {
      const run = await runOnce(thief, { id, kind })
      const ok = run.outcome === 'pass'
      if (!ok) failed += 1
      const what = kind === 'journey' ? `journey ${round}` : kind
      const result = kind === 'exploit' ? cameOut(run) : run.verdict
      rows.push([ok ? 'ok' : 'FAIL', id, what, result, String(run.ms)])
      bench.line(`  ${ok ? 'ok  ' : 'FAIL'}  ${id}  ${what}${ok ? '' : `\n${told(run)}`}`)
    }
  process.stdout.write(`\n${table(['', 'script', 'run', 'result', 'ms'], rows)}\n`)
  process.stdout.write(`\n${rows.length - failed} passed, ${failed} failed\n`)
  return failed
}

/** An exploit with what earlier ones of its chain carry off. */
async function runOnce(thief: Bench, { id, kind }: Choice): Promise<RunResult> {
  const { range, team } = thief
  if (kind === 'witness') return range.runWitness(team, id)
  const [service = '', journey = ''] = id.split('/')
  if (kind === 'journey') return range.runJourney(team, service, journey)
  await gatherLoot(thief, id)
  return runExploit(thief, id)
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
