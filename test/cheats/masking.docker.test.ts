import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { random } from '#exercise/random.ts'
import { wishOf } from '#exercise/schedule/wanted-visits.ts'
import { attemptExploit } from '../../server/engine/attempts.ts'
import type { LoadedScenario, RangeSpec } from '../../server/engine/ports/loaded-scenario.ts'
import type { Range, Visitor } from '../../server/engine/ports/ports.ts'
import type { Step } from '../../server/engine/ports/script.ts'
import { typeInTerminal } from '../../server/engine/terminal-run.ts'
import { type ContainerEngine, findEngine } from '../../server/range/engine-api/docker.ts'
import { readFileIn } from '../../server/range/engine-api/files.ts'
import { containerName } from '../../server/range/labels.ts'
import { silent } from '../../server/range/log.ts'
import { openRange } from '../../server/range/range.ts'
import { loadScenario } from '../../server/scenario/load.ts'
import { ROOT } from '../platform/kilp-process.ts'
import { RECORD, RECORDER, type Seen } from './recorder.ts'
import { tellApart } from './tell-apart.ts'

const TEAM = 'watched'
const ROUNDS = 3
/** All attacks and as many visits come within this time, each at a moment of its own. */
const LASTS_MS = 360_000
/** Of the scenario's light checks. */
const CHECK_MS = 5_000
/** The aim is 0.6. */
const MOST = 0.65
/** Says to us, and not to the tree, which attack or visit a request is of. */
const MARK = 'X-Turn'

type Marked = Seen & { readonly of: string }

/** An attack or a visit, with a script of its own, so that its requests are known from those of others who do the same at that time. */
interface Turn {
  readonly mark: string
  readonly attack: boolean
  readonly what: string
  readonly atMs: number
  readonly visitor?: Visitor
}

test.skipIf(process.env.KILP_CHEATS !== 'all')(
  'before its content an attack is hard to tell from a visit',
  { timeout: 1_800_000 },
  async () => {
    const loaded = await loadScenario(join(ROOT, 'scenarios/locked-meremaa'))
    const { docker } = await findEngine()
    const exerciseId = `m${randomBytes(3).toString('hex')}`
    const turns = turnsOf(loaded, exerciseId)
    const range = openRange({
      docker,
      exerciseId,
      seed: randomBytes(16).toString('hex'),
      spec: withTurns(loaded.range, turns),
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
      const watched = loaded.range.services
        .map(({ id }) => id)
        .filter((id) => !['registry-db', 'soc'].includes(id))
      await Promise.all(watched.map((service) => record(range, service)))
      await new Promise((wake) => setTimeout(wake, 15_000))
      const failed = await playAll(range, loaded, turns)
      const seen = (
        await Promise.all(
          watched.map((service) => readRecord(docker, containerName(exerciseId, TEAM, service), service)),
        )
      )
        .flat()
        .toSorted((a, b) => a.at - b.at)
      const firsts = turns.flatMap(({ attack, mark }) => {
        const n = seen.findIndex(({ of }) => of === mark)
        const first = seen[n]
        if (!first) return []
        const before = seen.slice(0, n).findLast(({ service }) => service === first.service)
        return [{ attack, seen: first, before }]
      })
      const told = tellApart(firsts, exerciseId)
      process.stdout.write(
        `\nAttacks' first requests against visits': ${told.attacks} and ${told.visits}, balanced accuracy ${(100 * told.accuracy).toFixed(0)} % on halves that were not learned from\n${told.features.map(([name, drop]) => `  ${name}: ${(100 * drop).toFixed(1)} points\n`).join('')}  did not go as they should: ${failed.join(', ') || 'none'}\n`,
      )
      expect(told.attacks).toBeGreaterThan(100)
      expect(told.visits).toBeGreaterThan(100)
      expect(failed.length).toBeLessThan(turns.length / 5)
      expect(told.accuracy).toBeLessThanOrEqual(MOST)
    } finally {
      await range.destroy()
    }
  },
)

/** Every attack several times and as many visits, as the scenario wants them, each at a moment of its own. */
function turnsOf({ scenario }: LoadedScenario, seed: string): readonly Turn[] {
  const alone = scenario.attacks.filter(({ after }) => after === undefined)
  const weaknesses = [...new Set(alone.map(({ weakness }) => weakness))]
  const attacks = Array.from({ length: ROUNDS }, () => weaknesses).flat()
  const next = random(`${seed}/moments`)
  return attacks.flatMap((weakness, n): Turn[] => {
    const wish = wishOf(scenario.citizens.personas, `${seed}/visits/${n}`)
    const who = scenario.citizens.personas.find(({ id }) => id === wish?.persona)
    if (!wish || !who) throw new Error('nobody visits')
    const visitor = { role: who.role, thinkMs: who.thinkMs }
    const what = `${wish.service}/${wish.journey}`
    return [
      { mark: `attack-${n}`, attack: true, what: weakness, atMs: next() * LASTS_MS },
      { mark: `visit-${n}`, attack: false, what, atMs: next() * LASTS_MS, visitor },
    ]
  })
}

/** Attacks as play makes them, with its pause after their scene, among visits and light checks. Returns what did not go as it should. */
async function playAll(range: Range, { scenario }: LoadedScenario, turns: readonly Turn[]) {
  const failed: string[] = []
  const checks = scenario.services.flatMap(({ id, journeys }) =>
    journeys
      .filter(({ alive }) => alive)
      .map((journey) => setInterval(() => void range.runJourney(TEAM, id, journey.id), CHECK_MS)),
  )
  await Promise.all(
    turns.map(async ({ mark, what, atMs, visitor }) => {
      await new Promise((wake) => setTimeout(wake, atMs))
      const [service = ''] = what.split('/')
      const target = { team: TEAM, service, weakness: mark, loot: {} }
      const well = visitor
        ? (await range.runJourney(TEAM, service, mark, visitor)).outcome === 'pass'
        : (await attemptExploit(range, scenario, target)).result === 'landed'
      if (!well) failed.push(what)
    }),
  )
  for (const check of checks) clearInterval(check)
  return failed
}

/** A script for each turn, of which every request of a visit, and of an attack after its scene, bears the mark. */
function withTurns(spec: RangeSpec, turns: readonly Turn[]): RangeSpec {
  const scripts = (attack: boolean, known: RangeSpec['exploits'], name: (turn: Turn) => string) =>
    Object.fromEntries(
      turns
        .filter((turn) => turn.attack === attack)
        .map((turn) => {
          const script = known[turn.what]
          if (!script) throw new Error(`there is no script ${turn.what}`)
          return [name(turn), { ...script, steps: script.steps.map((step) => markedStep(step, turn.mark)) }]
        }),
    )
  return {
    ...spec,
    exploits: scripts(true, spec.exploits, ({ mark }) => mark),
    journeys: {
      ...spec.journeys,
      ...scripts(false, spec.journeys, ({ what, mark }) => `${what.split('/')[0]}/${mark}`),
    },
  }
}

function markedStep(step: Step, what: string): Step {
  const headers = { [MARK]: what }
  if ('http' in step)
    return { ...step, http: { ...step.http, headers: { ...step.http.headers, ...headers } } }
  if (!('repeat' in step)) return step
  return { ...step, repeat: { ...step.repeat, steps: step.repeat.steps.map((one) => markedStep(one, what)) } }
}

async function record(range: Range, service: string): Promise<void> {
  const stream = await range.openTerminal(TEAM, service, { cols: 200, rows: 50 })
  await typeInTerminal(
    stream,
    `cat > /srv/recorder.mjs <<'END'
${RECORDER}
END
touch ${RECORD}; chmod 666 ${RECORD}; chmod 644 /srv/recorder.mjs
echo 'NODE_OPTIONS="$NODE_OPTIONS --import /srv/recorder.mjs"' >> /etc/default/app
sv -w 15 restart app`,
    60_000,
  )
  stream.close()
}

/** What came from outside the container, with our mark taken off. */
async function readRecord(docker: ContainerEngine, container: string, service: string): Promise<Marked[]> {
  const text = (await readFileIn(docker, container, RECORD))?.content.toString('utf8') ?? ''
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Omit<Seen, 'service'>)
    .filter(({ from }) => !/^127\.|^::1$/.test(from))
    .map((one) => {
      const at = one.headers.indexOf(MARK)
      const headers = at < 0 ? one.headers : one.headers.toSpliced(at, 2)
      return { service, ...one, headers, of: at < 0 ? '' : (one.headers[at + 1] ?? '') }
    })
}
