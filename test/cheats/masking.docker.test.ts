import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { DecisionTreeClassifier } from 'ml-cart'
import { expect, test } from 'vitest'
import { random, shuffle } from '#exercise/random.ts'
import type { RangeSpec } from '../../server/engine/ports/loaded-scenario.ts'
import type { Range } from '../../server/engine/ports/ports.ts'
import { typeInTerminal } from '../../server/engine/terminal-run.ts'
import { type ContainerEngine, findEngine } from '../../server/range/engine-api/docker.ts'
import { readFileIn } from '../../server/range/engine-api/files.ts'
import { containerName } from '../../server/range/labels.ts'
import { silent } from '../../server/range/log.ts'
import { openRange } from '../../server/range/range.ts'
import { loadScenario } from '../../server/scenario/load.ts'
import { ROOT } from '../platform/kilp-process.ts'
import { FEATURES, featuresOf, RECORD, RECORDER, type Seen } from './recorder.ts'

const TEAM = 'watched'
const ROUNDS = 3
/** Between the scene and the attack, so that the first request of the attack can be told from the last of the scene: by us, the team is not told of it. */
const GAP_MS = 600
/** The aim is 0.6; what is told today is 0.75. It must not become more. */
const MOST = 0.8

type Run = { readonly attack: boolean; readonly what: string; readonly from: number; readonly to: number }

test.skipIf(process.env.KILP_CHEATS !== 'all')(
  'before its content an attack is hard to tell from a visit',
  { timeout: 1_800_000 },
  async () => {
    const { scenario, range: spec } = await loadScenario(join(ROOT, 'scenarios/locked-meremaa'))
    const { docker } = await findEngine()
    const exerciseId = `m${randomBytes(3).toString('hex')}`
    const range = openRange({
      docker,
      exerciseId,
      seed: randomBytes(16).toString('hex'),
      spec: withGaps(spec),
      home: `masking-${process.pid}`,
      infra: join(ROOT, 'infra'),
      cache: join(ROOT, '.kilp/cache'),
      log: silent,
    })
    try {
      await range.deploy(
        [TEAM],
        () => {},
        () => {},
      )
      const watched = spec.services.map(({ id }) => id).filter((id) => !['registry-db', 'soc'].includes(id))
      await Promise.all(watched.map((service) => record(range, service)))
      await new Promise((wake) => setTimeout(wake, 15_000))
      const alone = scenario.attacks
        .filter(({ after }) => after === undefined)
        .map(({ weakness }) => weakness)
      const attacks = [...new Set(alone)]
      const visits = scenario.citizens.personas.flatMap(({ journeys, role }) =>
        journeys.map(({ service, journey }) => ({ service, journey, role })),
      )
      const runs: Run[] = []
      for (let round = 0; round < ROUNDS; round += 1) {
        const list = shuffle(`${exerciseId}/${round}`, [...attacks, ...visits, ...visits, ...visits])
        for (const one of list) {
          const from = Date.now()
          const attack = typeof one === 'string'
          const what = attack ? one : `${one.service}/${one.journey}`
          if (attack) await range.runExploit(TEAM, one, {})
          else await range.runJourney(TEAM, one.service, one.journey, { role: one.role, thinkMs: 0 })
          runs.push({ attack, what, from, to: Date.now() })
        }
      }
      const seen = (
        await Promise.all(
          watched.map((service) => readRecord(docker, containerName(exerciseId, TEAM, service), service)),
        )
      )
        .flat()
        .toSorted((a, b) => a.at - b.at)
      const rows = runs.flatMap((run) => {
        const its = seen.filter(({ at }) => at >= run.from && at <= run.to)
        const gap = its.findIndex((one, n) => n > 0 && one.at - (its[n - 1]?.at ?? 0) >= GAP_MS - 50)
        const first = its[run.attack && gap > 0 ? gap : 0]
        if (!first) return []
        // Without the run's own scene, which our gap has put further away than it is in play.
        const before = seen.findLast(({ at, service }) => at < run.from && service === first.service)
        return [{ attack: run.attack, seen: first, before }]
      })
      const told = learn(rows, exerciseId)
      process.stdout.write(
        `\nAttacks' first requests against visits': ${told.attacks} and ${told.visits}, balanced accuracy ${(100 * told.accuracy).toFixed(0)} % on the half that was not learned from\n${told.features.map(([name, drop]) => `  ${name}: ${(100 * drop).toFixed(1)} points`).join('\n')}\n`,
      )
      expect(told.attacks).toBeGreaterThan(100)
      expect(told.accuracy).toBeLessThanOrEqual(MOST)
    } finally {
      await range.destroy()
    }
  },
)

const withGaps = (spec: RangeSpec): RangeSpec => ({
  ...spec,
  exploits: Object.fromEntries(
    Object.entries(spec.exploits).map(([id, script]) => [
      id,
      { ...script, steps: [{ waitMs: GAP_MS, deadlineMs: 5_000 }, ...script.steps] },
    ]),
  ),
})

async function record(range: Range, service: string): Promise<void> {
  const stream = await range.openTerminal(TEAM, service, { cols: 200, rows: 50 })
  await typeInTerminal(
    stream,
    `cat > /srv/recorder.mjs <<'END'
${RECORDER}
END
touch ${RECORD}; chmod 666 ${RECORD}; chmod 644 /srv/recorder.mjs
echo 'NODE_OPTIONS="--import /srv/recorder.mjs"' >> /etc/default/app
sv -w 15 restart app`,
    60_000,
  )
  stream.close()
}

async function readRecord(docker: ContainerEngine, container: string, service: string): Promise<Seen[]> {
  const text = (await readFileIn(docker, container, RECORD))?.content.toString('utf8') ?? ''
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => ({ service, ...(JSON.parse(line) as Omit<Seen, 'service'>) }))
}

/** A small decision tree learns from one half, as many attacks as visits, and is asked about the other. `features`: by how much it is worse without each. */
function learn(rows: readonly { attack: boolean; seen: Seen; before: Seen | undefined }[], seed: string) {
  const mixed = shuffle(`${seed}/rows`, rows)
  const attacks = mixed.filter(({ attack }) => attack)
  const visits = mixed.filter(({ attack }) => !attack)
  const each = Math.min(attacks.length, visits.length)
  const all = [...attacks.slice(0, each), ...visits.slice(0, each)]
  const table = featuresOf(all).map((values, n) => ({ values, is: all[n]?.attack ? 1 : 0 }))
  const order = shuffle(`${seed}/halves`, table)
  const [known, asked] = [order.slice(0, order.length / 2), order.slice(order.length / 2)]
  const tree = new DecisionTreeClassifier({ gainFunction: 'gini', maxDepth: 5, minNumSamples: 8 })
  tree.train(
    known.map(({ values }) => values),
    known.map(({ is }) => is),
  )
  const accuracyOf = (values: readonly number[][]) => {
    const said = tree.predict(values.map((row) => [...row]))
    const right = (is: number) => {
      const those = asked.flatMap((row, n) => (row.is === is ? [said[n] === is] : []))
      return those.filter(Boolean).length / Math.max(1, those.length)
    }
    return (right(0) + right(1)) / 2
  }
  const values = asked.map((row) => row.values)
  const accuracy = accuracyOf(values)
  const next = random(`${seed}/shuffled`)
  const features = FEATURES.map((name, column) => {
    const shuffled = values
      .map((row) => row[column] ?? 0)
      .map((value) => ({ value, key: next() }))
      .toSorted((a, b) => a.key - b.key)
    const without = values.map((row, n) => row.with(column, shuffled[n]?.value ?? 0))
    return [name, accuracy - accuracyOf(without)] as const
  })
  return {
    accuracy,
    attacks: attacks.length,
    visits: visits.length,
    features: features.filter(([, drop]) => drop > 0.005).toSorted((a, b) => b[1] - a[1]),
  }
}
