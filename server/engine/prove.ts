import type { Edit } from './playbook.ts'
import type { Clock, LoadedScenario, Range } from './ports.ts'
import { judge, type ProofRow, type RowKey } from './proof-row.ts'
import {
  type Bench,
  brokenJourneys,
  cleanUp,
  editSource,
  gatherLoot,
  journeysOf,
  runExploit,
  runFoothold,
  serviceOf,
  shareOut,
  told,
} from './prove-bench.ts'
import { proveClean } from './prove-clean.ts'

/** A row that is not as it must be is looked at once more, as everything in play is: what is true is so twice. */
async function look(...asked: Parameters<typeof lookOnce>): Promise<ProofRow> {
  const row = await lookOnce(...asked)
  return row.ok ? row : lookOnce(...asked)
}

/** Looks at the source as it now is: exploit and journeys, against what this kind of row must show. */
async function lookOnce(bench: Bench, of: RowKey, trouble: string, since: number): Promise<ProofRow> {
  const run = await runExploit(bench, of.weakness)
  // An exploit that lands already shows that a fix is wrong.
  const shown = of.source === 'wrong-fix' && run.outcome === 'pass'
  const broken = shown ? null : await brokenJourneys(bench, journeysOf(bench, of.weakness))
  return judge(of, run, broken, trouble, bench.clock.now() - since)
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
  const broken = source === 'cleaned-up' ? await brokenJourneys(bench, journeysOf(bench, weakness)) : null
  const wanted = source === 'hole-patched' ? 'holds' : 'gone'
  const whys = trouble ? [trouble] : []
  if (exploit !== wanted) whys.push(`the foothold ${exploit}, and ${wanted} was to be seen: ${told(run)}`)
  if (broken?.length) whys.push(`journeys fail: ${broken.join(', ')}`)
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
  const benches = teams.map((team): Bench => ({ team, range, loaded, clock, loot: new Map() }))
  // The longest first, so that all benches end at about the same time.
  const longest = all.toSorted((a, b) => rowsOf(loaded, b) - rowsOf(loaded, a))
  await shareOut(benches, longest, (bench, weakness) => proveWeakness(bench, weakness, tell))
  const [bench] = benches
  if (bench && !options.only) for (const row of await proveClean(bench, all, benches.length)) tell(row)
  return rows
}

/** How many states of the source a weakness is looked at in. */
function rowsOf({ patches }: LoadedScenario, weakness: string): number {
  const { wrongFixes = [], foothold } = patches[weakness] ?? {}
  return 2 + wrongFixes.length + (foothold ? 2 : 0)
}
