import { withNeeds } from './attempts.ts'
import { judge, type ProofRow } from './proof-row.ts'
import {
  type Bench,
  brokenJourneys,
  editSource,
  gatherLoot,
  journeysOf,
  runExploit,
  serviceOf,
  shareOut,
} from './prove-bench.ts'

/**
 * The clean source: all reference fixes at once must block every exploit and break nothing. Journeys are asked once each, after all exploits
 * were tried. `lanes`: so much is done at a time.
 */
export async function proveClean(
  bench: Bench,
  weaknesses: readonly string[],
  lanes: number,
): Promise<readonly ProofRow[]> {
  for (const weakness of weaknesses) await gatherLoot(bench, weakness)
  const troubles = await fixAll(bench, weaknesses, lanes)
  const workers = Array.from({ length: lanes }, () => bench)
  const look = async (list: readonly string[]): Promise<readonly ProofRow[]> => {
    const runs = new Map<string, Awaited<ReturnType<typeof runExploit>> & { ms: number }>()
    await shareOut(workers, list, async (_, weakness) => {
      const since = bench.clock.now()
      const run = await runExploit(bench, weakness)
      runs.set(weakness, { ...run, ms: bench.clock.now() - since })
    })
    const asked = new Set(list.flatMap((weakness) => journeysOf(bench, weakness)))
    const broken: string[] = []
    await shareOut(workers, [...asked], async (_, key) => {
      broken.push(...(await brokenJourneys(bench, [key])))
    })
    return list.map((weakness) => {
      const run = runs.get(weakness)
      if (!run) throw new Error(`${weakness} was not tried`)
      const mine = broken.filter((text) => journeysOf(bench, weakness).includes(text.split(' ')[0] ?? ''))
      const trouble = troubles.get(serviceOf(weakness)) ?? ''
      return judge({ weakness, source: 'all-fixed', name: '' }, run, mine, trouble, run.ms)
    })
  }
  const rows = await look(weaknesses)
  // As every row, one that is not as it must be is looked at once more.
  const again = await look(rows.filter(({ ok }) => !ok).map(({ weakness }) => weakness))
  return rows.map((row) => again.find(({ weakness }) => weakness === row.weakness) ?? row)
}

/** Applies all reference fixes, what others need first. What went wrong, by service. */
async function fixAll(
  bench: Bench,
  weaknesses: readonly string[],
  lanes: number,
): Promise<ReadonlyMap<string, string>> {
  const troubles = new Map<string, string>()
  const depths = Map.groupBy(
    new Set(weaknesses.map(serviceOf)),
    (service) => withNeeds(bench.loaded.scenario, service).length,
  )
  for (const [, services] of [...depths].sort(([a], [b]) => a - b))
    await shareOut(
      Array.from({ length: lanes }, () => bench),
      services,
      async (_, service) => {
        const edits = weaknesses
          .filter((weakness) => serviceOf(weakness) === service)
          .map((weakness) => ({ patch: bench.loaded.patches[weakness]?.plant ?? '', reverse: true }))
        troubles.set(service, await editSource(bench, service, edits))
      },
    )
  return troubles
}
