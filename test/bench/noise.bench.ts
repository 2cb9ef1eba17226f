import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LoadedScenario } from '../../server/engine/ports/loaded-scenario.ts'
import type { Recorded } from '../../server/exercise/ledger/events.ts'
import type { Team } from '../../server/exercise/scenario/model.ts'
import { scoreAt } from '../../server/exercise/scoring/scoring.ts'
import { nationalView } from '../../server/exercise/views/national-view.ts'
import { startPlatform } from '../../server/main.ts'
import { loadScenario } from '../../server/scenario/load.ts'
import { ROOT } from '../platform/kilp-process.ts'

/** Teams and minutes of each run; `KILP_NOISE=24:5` for one of them. */
const RUNS = (process.env.KILP_NOISE ?? '3:10,8:10,24:10')
  .split(',')
  .map((run) => run.split(':').map(Number) as [number, number])

const quiet = (loaded: LoadedScenario, count: number, minutes: number): LoadedScenario => ({
  ...loaded,
  scenario: { ...loaded.scenario, attacks: [], tutor: [], phases: [], durationMs: minutes * 60_000 },
  teams: Array.from({ length: count }, (_, n): Team => {
    const id = `t${n + 1}`
    return { id, name: { en: id, et: id, ja: id }, country: 'XX', pilot: 'absent' }
  }),
})

/** What may have cost somebody something. */
const isBad = (event: Recorded): boolean =>
  event.type === 'container.died' ||
  event.type === 'disk.filled' ||
  event.type === 'ticket.opened' ||
  (event.type === 'verdict.changed' && event.data.to !== 'up' && event.data.to !== 'unknown')

/** The whole state of the demo for so many teams that do nothing, while nobody attacks: what they lose all the same, and what the wall says. */
async function noise(count: number, minutes: number) {
  const dataDir = mkdtempSync(join(tmpdir(), 'kilp-noise-'))
  const folder = join(ROOT, 'scenarios/locked-meremaa')
  const platform = await startPlatform({
    host: '127.0.0.1',
    port: 0,
    web: '/nowhere',
    dataDir,
    store: { dataDir: join(dataDir, 'db') },
    infra: join(ROOT, 'infra'),
    pool: null,
    teamDiskMiB: null,
    swarm: null,
    wanted: {
      loaded: quiet(await loadScenario(folder), count, minutes),
      place: { folder, packs: [] },
      ...{ speed: 1, autostart: true, fresh: false, insist: true },
    },
    operatorKey: 'x'.repeat(43),
    dumpKey: 'd'.repeat(43),
    log: {
      info: () => {},
      warn: (fields, text) => process.stderr.write(`${text} ${JSON.stringify(fields).slice(0, 300)}\n`),
    },
    tell: { line: (text) => process.stderr.write(`${text}\n`), progress: () => {}, event: () => {} },
  })
  const { current } = platform
  if (!current) throw new Error('the platform was started for no exercise')
  const { engine } = current
  const since = performance.now()
  try {
    await current.deployed
    const upS = (performance.now() - since) / 1_000
    process.stderr.write(`${count} enclaves are up after ${upS.toFixed(0)} s\n`)
    let [samples, outages, late, stretch] = [0, 0, 0, 1]
    while (engine.state().phase !== 'ended') {
      await new Promise((wake) => setTimeout(wake, 1_000))
      const { code } = nationalView(engine.state(), engine.atMs()).situation
      samples += 1
      if (code === 'situation.outage' || code === 'situation.cascade') outages += 1
      if (engine.state().strain.late) late += 1
      stretch = Math.max(stretch, engine.state().strain.stretch)
      if (samples % 30 === 0)
        process.stderr.write(`${samples} s: ${code} ${JSON.stringify(engine.state().strain)}\n`)
    }
    const { scenario, teams } = engine.state()
    for (const event of await engine.events(0, 100_000))
      if (isBad(event))
        process.stderr.write(
          `${JSON.stringify({ at: event.at, type: event.type, ...event.data }).slice(0, 400)}\n`,
        )
    const scores = teams.map(({ id }) => scoreAt(engine.state(), id, scenario.durationMs))
    const lost = scores.map(({ total, possible }) => possible - total)
    return {
      upS,
      lost: Math.max(...lost),
      mean: lost.reduce((sum, one) => sum + one, 0) / lost.length,
      known: Math.min(...scores.map(({ possible }) => possible)) / 100,
      outages: (100 * outages) / samples,
      late: (100 * late) / samples,
      stretch,
    }
  } finally {
    await platform.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

export async function bench() {
  const rows: { what: string; value: number; unit: string }[] = []
  for (const [count, minutes] of RUNS) {
    const { upS, lost, mean, known, outages, late, stretch } = await noise(count, minutes)
    const what = (text: string) => `${count} teams, ${minutes} min: ${text}`
    rows.push(
      { what: what('all enclaves up after'), value: upS, unit: 's' },
      { what: what('lost by the team that lost most (of 10,000; aim 5)'), value: lost, unit: 'points' },
      { what: what('lost on average'), value: mean, unit: 'points' },
      { what: what('of the team’s time known, at least'), value: known, unit: '%' },
      { what: what('an outage on the wall'), value: outages, unit: '% of the time' },
      { what: what('measurements late'), value: late, unit: '% of the time' },
      { what: what('looks stretched at most'), value: stretch, unit: 'times' },
    )
  }
  return { name: 'Noise: nobody attacks, nobody plays', rows }
}
