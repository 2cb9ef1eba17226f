import { refused } from '../engine/attempts.ts'
import { cleanupCommand, RESTART } from '../engine/playbook.ts'
import type { Edit } from '../engine/ports/edit.ts'
import type { LoadedScenario } from '../engine/ports/loaded-scenario.ts'
import type { Clock, Range, RunResult } from '../engine/ports/ports.ts'
import { typeInTerminal } from '../engine/terminal-run.ts'

const APPLY_DEADLINE_MS = 40_000
const READY_DEADLINE_MS = 30_000
const RESTART_DEADLINE_MS = 60_000

/** One enclave that the matrix works on. */
export interface Bench {
  readonly team: string
  readonly range: Range
  readonly loaded: LoadedScenario
  readonly clock: Clock
  /** What exploits carried off here, by the names that scripts use. */
  readonly loot: Map<string, string>
}

/** Each worker takes the next item when it is done with one. */
export async function shareOut<Worker, Item>(
  workers: readonly Worker[],
  items: Iterable<Item>,
  work: (worker: Worker, item: Item) => Promise<void>,
): Promise<void> {
  const waiting = [...items]
  await Promise.all(
    workers.map(async (worker) => {
      for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(worker, item)
    }),
  )
}

/** Types a text in a root terminal of a service. */
export async function typeIn(bench: Bench, service: string, text: string) {
  const stream = await bench.range.openTerminal(bench.team, service, { cols: 200, rows: 50 })
  const typed = await typeInTerminal(stream, text, APPLY_DEADLINE_MS)
  stream.close()
  return typed
}

/** Types what takes away what an exploit left behind. Returns what went wrong, or ''. */
export async function cleanUp(bench: Bench, weakness: string): Promise<string> {
  const cleanup = bench.loaded.patches[weakness]?.cleanup ?? ''
  if (cleanup === '') return ''
  const typed = await typeIn(bench, serviceOf(weakness), cleanupCommand(cleanup))
  return typed.exitCode === 0
    ? ''
    : `the cleanup ended with ${typed.exitCode ?? 'no answer'}: ${typed.output.slice(-600)}`
}

/**
 * Edits the service's sources, restarts it and waits until the service answers again: long where it has to come back (a busy
 * machine restarts slowly), shortly where a wrong fix may have stopped it for good. Returns what went wrong, or ''.
 */
export async function editSource(
  bench: Bench,
  service: string,
  edits: readonly Edit[],
  mayStop = false,
): Promise<string> {
  const trouble = await bench.range.edit(bench.team, service, edits)
  if (trouble) return `patching: ${trouble}`
  const typed = await typeIn(bench, service, RESTART)
  // A wrong fix may stop the service for good: that is a result of the row, not a fault of the matrix.
  if (typed.exitCode === null || (typed.exitCode !== 0 && !mayStop))
    return `the restart ended with ${typed.exitCode ?? 'no answer'}: ${typed.output.slice(-600)}`
  await standsAgain(bench, service, mayStop ? READY_DEADLINE_MS : RESTART_DEADLINE_MS)
  return ''
}

/** Waits until a service answers its light check twice: once may be the one before the restart, on its way out. Returns what went wrong, or ''. */
export async function standsAgain(
  { loaded, range, clock, team }: Bench,
  service: string,
  withinMs = READY_DEADLINE_MS,
): Promise<string> {
  const alive = loaded.scenario.services.find((s) => s.id === service)?.journeys.find((j) => j.alive)
  const until = clock.now() + withinMs
  const answers = async () => (await range.runJourney(team, service, alive?.id ?? '')).outcome === 'pass'
  while (alive && clock.now() < until) {
    const once = await answers()
    await clock.sleep(200)
    if (once && (await answers())) return ''
  }
  return alive ? `${service} does not answer again within ${withinMs} ms` : ''
}

const passes = (run: RunResult) => run.outcome === 'pass'

/** Journeys that a weakness's fix could break, `<service>/<journey>`. */
export const journeysOf = ({ loaded }: Bench, weakness: string): readonly string[] =>
  loaded.patches[weakness]?.journeys ?? []

export const serviceOf = (weakness: string): string => weakness.split('/')[0] ?? ''

/** Those of the journeys that fail twice in a row, each with what was seen: `<service>/<journey> (...)`. */
export async function brokenJourneys(bench: Bench, journeys: readonly string[]): Promise<readonly string[]> {
  const results = await Promise.all(
    journeys.map(async (key) => {
      const [service = '', journey = ''] = key.split('/')
      const first = await bench.range.runJourney(bench.team, service, journey)
      const last = passes(first) ? first : await bench.range.runJourney(bench.team, service, journey)
      return { key, last }
    }),
  )
  return results
    .filter(({ last }) => !passes(last))
    .map(({ key, last }) => {
      const seen = last.evidence
        ? ` (${last.evidence.step}: expected ${last.evidence.expected}, got ${last.evidence.received.slice(0, 160)})`
        : ''
      return `${key}${seen}`
    })
}

/** Runs an exploit; one that got no proper answer is tried once more, as in play. Keeps what it carried off. */
export async function runExploit(bench: Bench, weakness: string): Promise<RunResult> {
  const once = () => bench.range.runExploit(bench.team, weakness, Object.fromEntries(bench.loot))
  const first = await once()
  const run = passes(first) || refused(first) ? first : await once()
  if (passes(run))
    for (const [name, value] of Object.entries(run.remember))
      bench.loot.set(`loot.${weakness}.${name}`, value)
  return run
}

/** Carries off what a weakness's scripts use; everything must still be as planted. */
export async function gatherLoot(bench: Bench, weakness: string): Promise<void> {
  for (const source of bench.loaded.patches[weakness]?.lootFrom ?? []) await runExploit(bench, source)
}

export const runFoothold = (bench: Bench, weakness: string): Promise<RunResult> =>
  bench.range.runFoothold(bench.team, weakness, Object.fromEntries(bench.loot))

export const told = ({ evidence }: RunResult): string =>
  evidence ? `${evidence.step}: expected ${evidence.expected}, got ${evidence.received.slice(0, 300)}` : ''
