import { withNeeds } from './attempts.ts'
import { typedPatch } from './playbook.ts'
import type { Clock, LoadedScenario, Range, RunResult } from './ports.ts'
import { typeInTerminal } from './terminal-run.ts'

/** One row of the proof matrix: a state of the source and what the exploit and the journeys then did. */
export interface ProofRow {
  readonly weakness: string
  readonly source: 'planted' | 'reference-fix' | 'wrong-fix' | 'all-fixed'
  readonly name: string
  readonly exploit: 'lands' | 'blocked' | 'fault'
  /** Journeys that failed, `<service>/<journey>`; empty when all passed. */
  readonly broken: readonly string[]
  readonly ok: boolean
  /** What the row should have been, or what was seen, when it is not ok. */
  readonly why: string
  readonly ms: number
}

const APPLY_DEADLINE_MS = 40_000
const READY_DEADLINE_MS = 30_000

interface Bench {
  readonly team: string
  readonly range: Range
  readonly loaded: LoadedScenario
  readonly clock: Clock
}

/** Types a patch in the service's container and waits until the service answers again. Returns what went wrong, or ''. */
async function patchSource(bench: Bench, service: string, patch: string, reverse: boolean): Promise<string> {
  const stream = await bench.range.openTerminal(bench.team, service, { cols: 200, rows: 50 })
  const typed = await typeInTerminal(stream, typedPatch(patch, reverse), APPLY_DEADLINE_MS)
  stream.close()
  if (typed.exitCode !== 0)
    return `patch ${reverse ? '-R ' : ''}ended with ${typed.exitCode ?? 'no answer'}: ${typed.output.slice(-600)}`
  const alive = bench.loaded.scenario.services.find((s) => s.id === service)?.journeys.find((j) => j.alive)
  const until = bench.clock.now() + READY_DEADLINE_MS
  // A wrong fix may stop the service for good: that is a result of the row, not a fault of the matrix.
  while (alive && bench.clock.now() < until) {
    if ((await bench.range.runJourney(bench.team, service, alive.id)).outcome === 'pass') return ''
    await bench.clock.sleep(200)
  }
  return ''
}

const passes = (run: RunResult) => run.outcome === 'pass'

/** Journeys of the weakness (or of its service) that fail twice in a row. */
async function brokenJourneys(bench: Bench, weakness: string): Promise<readonly string[]> {
  const journeys = bench.loaded.patches[weakness]?.journeys ?? []
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

/** Looks at the source as it now is: exploit and journeys, against what this kind of row must show. */
async function look(
  bench: Bench,
  row: Pick<ProofRow, 'weakness' | 'source' | 'name'>,
  trouble: string,
  since: number,
): Promise<ProofRow> {
  const first = await bench.range.runExploit(bench.team, row.weakness)
  // As in play: an exploit that got no proper answer is tried once more.
  const run =
    first.outcome === 'pass' || first.verdict === 'broken'
      ? first
      : await bench.range.runExploit(bench.team, row.weakness)
  const exploit = run.outcome === 'pass' ? 'lands' : run.outcome === 'fail' ? 'blocked' : 'fault'
  const broken = await brokenJourneys(bench, row.weakness)
  const seen = run.evidence
    ? `${run.evidence.step}: expected ${run.evidence.expected}, got ${run.evidence.received.slice(0, 300)}`
    : ''
  const whys: string[] = trouble ? [trouble] : []
  if (row.source === 'planted' && exploit !== 'lands') whys.push(`exploit does not land: ${seen}`)
  if ((row.source === 'reference-fix' || row.source === 'all-fixed') && exploit !== 'blocked')
    whys.push(`exploit is not blocked: ${exploit} ${seen}`)
  if (row.source !== 'wrong-fix' && broken.length > 0) whys.push(`journeys fail: ${broken.join(', ')}`)
  // A wrong fix that breaks the service so far that nothing can be prepared is still shown wrong by its journeys.
  if (row.source === 'wrong-fix' && exploit !== 'lands' && broken.length === 0)
    whys.push(`neither the exploit lands nor a journey fails: this fix is not wrong (${seen})`)
  return {
    ...row,
    exploit,
    broken,
    ok: whys.length === 0,
    why: whys.join('; '),
    ms: bench.clock.now() - since,
  }
}

/** All rows of one weakness; the source is as planted again afterwards. */
async function proveWeakness(bench: Bench, weakness: string, tell: (row: ProofRow) => void): Promise<void> {
  const { clock } = bench
  const patches = bench.loaded.patches[weakness]
  const service = weakness.split('/')[0] ?? ''
  if (!patches) throw new Error(`no patches for ${weakness}`)
  let since = clock.now()
  tell(await look(bench, { weakness, source: 'planted', name: '' }, '', since))
  const variants = [
    { source: 'reference-fix' as const, name: '', patch: patches.plant, reverse: true },
    ...patches.wrongFixes.map((wrong) => ({
      source: 'wrong-fix' as const,
      name: wrong.name,
      patch: wrong.patch,
      reverse: false,
    })),
  ]
  for (const variant of variants) {
    since = clock.now()
    const trouble = await patchSource(bench, service, variant.patch, variant.reverse)
    tell(await look(bench, { weakness, source: variant.source, name: variant.name }, trouble, since))
    const undo = await patchSource(bench, service, variant.patch, !variant.reverse)
    if (undo) throw new Error(`${weakness} ${variant.name}: could not be undone: ${undo}`)
  }
}

/**
 * The proof matrix on real containers: every planted weakness is exploitable, its reference fix blocks and breaks nothing, and
 * each wrong fix is shown wrong. Afterwards all reference fixes together (the clean source) must block every exploit.
 *
 * The range must be deployed with `teams`; each enclave works on one weakness at a time. Rows are told as they come.
 */
export async function prove(options: {
  range: Range
  loaded: LoadedScenario
  clock: Clock
  teams: readonly string[]
  tell: (row: ProofRow) => void
  only?: readonly string[]
}): Promise<readonly ProofRow[]> {
  const { range, loaded, clock, teams } = options
  const rows: ProofRow[] = []
  const tell = (row: ProofRow) => {
    rows.push(row)
    options.tell(row)
  }
  const all = loaded.scenario.weaknesses
    .map((w) => w.id)
    .filter((id) => !options.only || options.only.includes(id))
  const waiting = [...all]
  await Promise.all(
    teams.map(async (team) => {
      for (let weakness = waiting.shift(); weakness; weakness = waiting.shift())
        await proveWeakness({ team, range, loaded, clock }, weakness, tell)
    }),
  )
  const team = teams[0]
  if (team && !options.only) await proveClean({ team, range, loaded, clock }, all, tell)
  return rows
}

/** Applies every reference fix at once: the clean source. */
async function proveClean(
  bench: Bench,
  weaknesses: readonly string[],
  tell: (row: ProofRow) => void,
): Promise<void> {
  const order = [...weaknesses].sort(
    (a, b) => depth(bench, a.split('/')[0] ?? '') - depth(bench, b.split('/')[0] ?? ''),
  )
  const troubles = new Map<string, string>()
  for (const weakness of order)
    troubles.set(
      weakness,
      await patchSource(
        bench,
        weakness.split('/')[0] ?? '',
        bench.loaded.patches[weakness]?.plant ?? '',
        true,
      ),
    )
  for (const weakness of order)
    tell(
      await look(
        bench,
        { weakness, source: 'all-fixed', name: '' },
        troubles.get(weakness) ?? '',
        bench.clock.now(),
      ),
    )
}

const depth = (bench: Bench, service: string) => withNeeds(bench.loaded.scenario, service).length
