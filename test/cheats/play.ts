import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { type Attempt, attemptAttack } from '../../server/engine/attempts.ts'
import type { LoadedScenario } from '../../server/engine/ports/loaded-scenario.ts'
import type { Range } from '../../server/engine/ports/ports.ts'
import { wallClock } from '../../server/engine/wall-clock.ts'
import type { Scenario } from '../../server/exercise/scenario/model.ts'
import { at } from '../../server/exercise/scenario/trigger.ts'
import { scoreAt } from '../../server/exercise/scoring/scoring.ts'
import { type Bench, editSource, serviceOf, typeIn } from '../../server/proof/prove-bench.ts'
import { findEngine } from '../../server/range/engine-api/docker.ts'
import { silent } from '../../server/range/log.ts'
import { openRange } from '../../server/range/range.ts'
import { loadScenario } from '../../server/scenario/load.ts'
import { runningRun } from '../exercise/run.ts'
import { ROOT } from '../platform/kilp-process.ts'
import type { Cheat } from './cheats.ts'

/** One of each kind, over eight services. */
const ATTACKED = [
  'tax/declaration-of-another',
  'population/name-search-injection',
  'health/search-without-patient',
  'xroad/spoofed-client',
  'registry-db/default-password',
  'portal/notice-script',
  'school/forged-parent-link',
  'sign/any-issuer-trusted',
]

/** A team, and what it does. Whoever mends applies every reference fix. */
export type Player = { readonly name: string; readonly mends?: boolean } & Partial<Cheat>

export interface Row {
  readonly name: string
  readonly landed: number
  readonly defended: number
  readonly outage: number
  readonly void: number
  /** Defence and recovery together, of what was possible. */
  readonly points: number
  readonly possible: number
}

/** Deploys an enclave for each player, lets them do what they do, attacks all of them, and counts by the rules of today. */
export async function play(players: readonly Player[]): Promise<readonly Row[]> {
  const loaded = await loadScenario(join(ROOT, 'scenarios/locked-meremaa'))
  const scenario = cheatedScenario(loaded.scenario)
  const { docker } = await findEngine()
  const range = openRange({
    docker,
    exerciseId: `c${randomBytes(3).toString('hex')}`,
    seed: randomBytes(16).toString('hex'),
    spec: loaded.range,
    home: `cheats-${process.pid}`,
    infra: join(ROOT, 'infra'),
    cache: join(ROOT, '.kilp/cache'),
    log: silent,
  })
  const teams = players.map((_, n) => `t${n}`)
  try {
    await range.deploy(
      teams,
      () => {},
      () => {},
    )
    const rows: Row[] = []
    for (const [n, player] of players.entries())
      rows.push(await onePlayer(range, loaded, scenario, teams[n] ?? '', player))
    return rows
  } finally {
    await range.destroy()
  }
}

async function onePlayer(
  range: Range,
  loaded: LoadedScenario,
  scenario: Scenario,
  team: string,
  player: Player,
): Promise<Row> {
  const bench: Bench = { team, range, loaded, clock: wallClock, loot: new Map() }
  if (player.mends) await Promise.all(ATTACKED.map((weakness) => mend(bench, weakness)))
  const { '*': everywhere, ...single } = player.types ?? {}
  const attacked = new Set(ATTACKED.map(serviceOf))
  const typed = {
    ...(everywhere && Object.fromEntries([...attacked].map((service) => [service, everywhere]))),
    ...single,
  }
  await Promise.all(Object.entries(typed).map(([service, text]) => cheat(bench, service, text)))
  const attempts = await Promise.all(
    ATTACKED.map((weakness) =>
      attemptAttack(range, wallClock, loaded.scenario, {
        team,
        service: serviceOf(weakness),
        weakness,
        loot: {},
      }),
    ),
  )
  const name = { en: team, et: team, ja: team }
  const run = runningRun(scenario, [{ id: team, name, country: 'XX', pilot: 'absent' }])
  // As a service that goes on working: what its availability costs a cheat is not counted here.
  for (const [n, attempt] of attempts.entries()) {
    const attack = ATTACKED[n] ?? ''
    run.give('launch-attack', { team, attack }, 1_000)
    run.give('report-attack', { team, attack, attempt: 1, ...attempt }, 1_000)
  }
  run.give('pass-time', {}, scenario.durationMs)
  const { defence, recovery } = scoreAt(run.state, team, scenario.durationMs).categories
  const came = (what: ReturnType<typeof wordOf>) => attempts.filter((one) => wordOf(one) === what).length
  return {
    name: player.name,
    landed: came('landed'),
    defended: came('defended'),
    outage: came('outage'),
    void: came('void'),
    points: defence.points + recovery.points,
    possible: defence.possible + recovery.possible,
  }
}

function cheatedScenario(scenario: Scenario): Scenario {
  const attacks = ATTACKED.map((weakness) => {
    const known = scenario.attacks.find((attack) => attack.weakness === weakness)
    if (!known) throw new Error(`nothing attacks ${weakness}`)
    const { after: _, jitterMs: __, ...attack } = known
    return { ...attack, id: weakness, trigger: at(1_000), weight: 1 }
  })
  return { ...scenario, attacks, tutor: [], durationMs: 2 * scenario.scoring.recoveryZeroMs }
}

function wordOf({ result, alive }: Attempt): 'landed' | 'void' | 'defended' | 'outage' {
  if (result === 'landed') return 'landed'
  if (result === 'fault') return 'void'
  return alive ? 'defended' : 'outage'
}

async function mend(bench: Bench, weakness: string): Promise<void> {
  const patch = bench.loaded.patches[weakness]?.plant ?? ''
  const trouble = await editSource(bench, serviceOf(weakness), [{ patch, reverse: true }])
  if (trouble) throw new Error(`${weakness}: ${trouble}`)
}

async function cheat(bench: Bench, service: string, text: string): Promise<void> {
  const { exitCode, output } = await typeIn(bench, service, text)
  if (exitCode === null) throw new Error(`${service}: the cheat did not end: ${output.slice(-500)}`)
}
