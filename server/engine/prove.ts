import { withNeeds } from './attempts.ts'
import type { Edit } from './playbook.ts'
import type { Clock, LoadedScenario, Range } from './ports.ts'
import {
  type Bench,
  brokenJourneys,
  cleanUp,
  editSource,
  gatherLoot,
  runExploit,
  runFoothold,
  told,
} from './prove-bench.ts'

/** One row of the proof matrix: a state of the source and what the exploit and the journeys then did. */
export interface ProofRow {
  readonly weakness: string
  /** `hole-patched`, `cleaned-up`: of a weakness with a foothold of its own, after the exploit landed and with the reference fix in. */
  readonly source: 'planted' | 'reference-fix' | 'hole-patched' | 'cleaned-up' | 'wrong-fix' | 'all-fixed'
  readonly name: string
  /** Of the exploit; `holds` and `gone` of the foothold. */
  readonly exploit: 'lands' | 'blocked' | 'holds' | 'gone' | 'fault'
  /** Journeys that failed, `<service>/<journey>`; empty when all passed. */
  readonly broken: readonly string[]
  readonly ok: boolean
  /** What the row should have been, or what was seen, when it is not ok. */
  readonly why: string
  readonly ms: number
}

/** A row that is not as it must be is looked at once more, as everything in play is: what is true is so twice. */
async function look(...asked: Parameters<typeof lookOnce>): Promise<ProofRow> {
  const row = await lookOnce(...asked)
  return row.ok ? row : lookOnce(...asked)
}

/** Looks at the source as it now is: exploit and journeys, against what this kind of row must show. */
async function lookOnce(
  bench: Bench,
  row: Pick<ProofRow, 'weakness' | 'source' | 'name'>,
  trouble: string,
  since: number,
): Promise<ProofRow> {
  const run = await runExploit(bench, row.weakness)
  const exploit = run.outcome === 'pass' ? 'lands' : run.outcome === 'fail' ? 'blocked' : 'fault'
  const broken = await brokenJourneys(bench, row.weakness)
  const seen = told(run)
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

/** Looks at what an attacker left behind: it outlives the hole, and goes with the cleanup. */
async function lookAtFoothold(
  bench: Bench,
  weakness: string,
  source: 'hole-patched' | 'cleaned-up',
  trouble: string,
  since: number,
): Promise<ProofRow> {
  const run = await runFoothold(bench, weakness)
  const exploit = run.outcome === 'pass' ? 'holds' : run.outcome === 'fail' ? 'gone' : 'fault'
  const broken = source === 'cleaned-up' ? await brokenJourneys(bench, weakness) : []
  const wanted = source === 'hole-patched' ? 'holds' : 'gone'
  const whys = trouble ? [trouble] : []
  if (exploit !== wanted) whys.push(`the foothold ${exploit}, and ${wanted} was to be seen: ${told(run)}`)
  if (broken.length > 0) whys.push(`journeys fail: ${broken.join(', ')}`)
  const ms = bench.clock.now() - since
  return { weakness, source, name: '', exploit, broken, ok: whys.length === 0, why: whys.join('; '), ms }
}

/** All rows of one weakness; the source is as planted again afterwards. */
async function proveWeakness(bench: Bench, weakness: string, tell: (row: ProofRow) => void): Promise<void> {
  const { clock } = bench
  const patches = bench.loaded.patches[weakness]
  const service = serviceOf(weakness)
  if (!patches) throw new Error(`no patches for ${weakness}`)
  let since = clock.now()
  await gatherLoot(bench, weakness)
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
  // What the variant before did is taken back in the same restart.
  let undo: readonly Edit[] = []
  for (const variant of variants) {
    since = clock.now()
    const trouble = await editSource(bench, service, [...undo, variant], variant.source === 'wrong-fix')
    undo = [{ patch: variant.patch, reverse: !variant.reverse }]
    tell(await look(bench, { weakness, source: variant.source, name: variant.name }, trouble, since))
    if (variant.source === 'reference-fix' && patches.foothold) {
      tell(await lookAtFoothold(bench, weakness, 'hole-patched', '', clock.now()))
      since = clock.now()
      tell(await lookAtFoothold(bench, weakness, 'cleaned-up', await cleanUp(bench, weakness), since))
    }
  }
  const left = await editSource(bench, service, undo)
  if (left) throw new Error(`${weakness}: could not be made as it was planted: ${left}`)
  await cleanUp(bench, weakness)
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
  const benches = teams.map((team): Bench => ({ team, range, loaded, clock, loot: new Map() }))
  await Promise.all(
    benches.map(async (bench) => {
      for (let weakness = waiting.shift(); weakness; weakness = waiting.shift())
        await proveWeakness(bench, weakness, tell)
    }),
  )
  const [bench] = benches
  if (bench && !options.only) await proveClean(bench, all, tell)
  return rows
}

/** Applies every reference fix at once: the clean source. */
async function proveClean(
  bench: Bench,
  weaknesses: readonly string[],
  tell: (row: ProofRow) => void,
): Promise<void> {
  const order = [...weaknesses].sort((a, b) => depth(bench, serviceOf(a)) - depth(bench, serviceOf(b)))
  for (const weakness of order) await gatherLoot(bench, weakness)
  const services = [...new Set(order.map(serviceOf))]
  const troubles = new Map<string, string>()
  for (const service of services) {
    const edits = order
      .filter((weakness) => serviceOf(weakness) === service)
      .map((weakness) => ({ patch: bench.loaded.patches[weakness]?.plant ?? '', reverse: true }))
    troubles.set(service, await editSource(bench, service, edits))
  }
  for (const weakness of order)
    tell(
      await look(
        bench,
        { weakness, source: 'all-fixed', name: '' },
        troubles.get(serviceOf(weakness)) ?? '',
        bench.clock.now(),
      ),
    )
}

const serviceOf = (weakness: string) => weakness.split('/')[0] ?? ''

const depth = (bench: Bench, service: string) => withNeeds(bench.loaded.scenario, service).length
