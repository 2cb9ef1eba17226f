import type { Edit } from '../engine/ports/edit.ts'
import type { LoadedScenario } from '../engine/ports/loaded-scenario.ts'
import type { Clock, Range } from '../engine/ports/ports.ts'
import { cameOut, judge, type ProofRow, type RowKey } from './proof-row.ts'
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
  standsAgain,
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

/** Who is entitled is served while the hole is open too: with the flaw nothing else is wrong. */
async function lookAtWitness(bench: Bench, weakness: string): Promise<ProofRow> {
  const since = bench.clock.now()
  const once = () => bench.range.runWitness(bench.team, weakness)
  const first = await once()
  const run = first.outcome === 'pass' ? first : await once()
  const exploit = run.outcome === 'pass' ? 'served' : run.outcome === 'fail' ? 'unserved' : 'fault'
  const why = exploit === 'served' ? '' : `the witness is not served: ${told(run)}`
  return { ...rowOf(weakness, 'witness', bench, since), exploit, ok: why === '', why }
}

/** A service that answers nobody while it is attacked, with the hole as it was, has defended nothing. */
async function lookAtSilence(bench: Bench, weakness: string): Promise<ProofRow> {
  const since = bench.clock.now()
  const exploit = cameOut(await bench.range.runFrozen(bench.team, weakness, Object.fromEntries(bench.loot)))
  const trouble = await standsAgain(bench, serviceOf(weakness))
  const whys = trouble ? [trouble] : []
  if (exploit === 'blocked' || exploit === 'fault') whys.push(`silence counts as ${exploit}`)
  const row = rowOf(weakness, 'stands-still', bench, since)
  return { ...row, exploit, ok: whys.length === 0, why: whys.join('; ') }
}

const rowOf = (weakness: string, source: ProofRow['source'], { clock }: Bench, since: number) => ({
  weakness,
  source,
  name: '',
  broken: null,
  ms: clock.now() - since,
})

/** The states of a weakness's source after the planted one, as the patches that make them. */
function variantsOf(bench: Bench, weakness: string): readonly (Edit & Pick<RowKey, 'source' | 'name'>)[] {
  const patches = bench.loaded.patches[weakness]
  if (!patches) throw new Error(`no patches for ${weakness}`)
  return [
    { source: 'reference-fix', name: '', patch: patches.plant, reverse: true },
    ...patches.wrongFixes.map((wrong) => ({ source: 'wrong-fix' as const, ...wrong, reverse: false })),
    // Last: what a fix leaves in a database outlives it, and would mend a wrong one.
    ...patches.otherFixes.map((other) => ({ source: 'other-fix' as const, ...other, reverse: false })),
  ]
}

/**
 * All rows of some weaknesses of one service; the source is as planted again afterwards. Each restart takes back what the state before did, also
 * that of the weakness before.
 */
async function proveChain(
  bench: Bench,
  weaknesses: readonly string[],
  tell: (row: ProofRow) => void,
): Promise<void> {
  const { clock } = bench
  const [service = ''] = weaknesses.map(serviceOf)
  for (const weakness of weaknesses) {
    const since = clock.now()
    await gatherLoot(bench, weakness)
    tell(await look(bench, { weakness, source: 'planted', name: '' }, '', since))
    if (!bench.loaded.patches[weakness]?.witness) continue
    tell(await lookAtWitness(bench, weakness))
    tell(await lookAtSilence(bench, weakness))
  }
  let undo: readonly Edit[] = []
  for (const weakness of weaknesses)
    for (const { source, name, ...edit } of variantsOf(bench, weakness)) {
      let since = clock.now()
      const edited = await editSource(bench, service, [...undo, edit], source === 'wrong-fix')
      // What came in through a wrong fix is still there.
      const trouble = edited || (source === 'other-fix' ? await cleanUp(bench, weakness) : '')
      undo = [{ patch: edit.patch, reverse: !edit.reverse }]
      tell(await look(bench, { weakness, source, name }, trouble, since))
      if (source === 'reference-fix' && bench.loaded.patches[weakness]?.foothold) {
        tell(await lookAtFoothold(bench, weakness, 'hole-patched', '', clock.now()))
        since = clock.now()
        tell(await lookAtFoothold(bench, weakness, 'cleaned-up', await cleanUp(bench, weakness), since))
      }
    }
  const left = await editSource(bench, service, undo)
  if (left) throw new Error(`${service}: could not be made as it was planted: ${left}`)
  for (const weakness of weaknesses) await cleanUp(bench, weakness)
}

/** Weaknesses of one service are one piece of work; one that leaves a foothold is its own, since what it left must not meet the others. */
function chainsOf(
  { patches }: LoadedScenario,
  weaknesses: readonly string[],
): readonly (readonly string[])[] {
  const chains = Map.groupBy(weaknesses, (weakness) =>
    patches[weakness]?.foothold ? weakness : serviceOf(weakness),
  )
  return [...chains.values()]
}

/**
 * The proof matrix on real containers: every planted weakness is exploitable, its reference fix and each other correct one block and
 * break nothing, and each wrong fix is shown wrong. Afterwards all reference fixes together (the clean source) must block every exploit.
 *
 * The range must be deployed with `teams`; each enclave works on one service at a time. Rows are told as they come.
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
  const longest = chainsOf(loaded, all).toSorted((a, b) => rowsOf(loaded, b) - rowsOf(loaded, a))
  await shareOut(benches, longest, (bench, chain) => proveChain(bench, chain, tell))
  const [bench] = benches
  if (bench && !options.only) for (const row of await proveClean(bench, all, benches.length)) tell(row)
  return rows
}

/** How many states of the source these weaknesses are looked at in. */
function rowsOf({ patches }: LoadedScenario, weaknesses: readonly string[]): number {
  return weaknesses.reduce((sum, weakness) => {
    const { wrongFixes = [], otherFixes = [], foothold, witness } = patches[weakness] ?? {}
    return sum + 2 + wrongFixes.length + otherFixes.length + (foothold ? 2 : 0) + (witness ? 2 : 0)
  }, 0)
}
