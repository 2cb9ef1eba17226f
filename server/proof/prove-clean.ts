import type { RunResult } from '../engine/ports/ports.ts'
import { needsOf } from '../exercise/scenario/needs.ts'
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
  const rows = await lookAtAll(bench, weaknesses, troubles, lanes)
  // As every row, one that is not as it must be is looked at once more.
  const wrong = rows.filter(({ ok }) => !ok).map(({ weakness }) => weakness)
  const again = await lookAtAll(bench, wrong, troubles, lanes)
  return rows.map((row) => again.find(({ weakness }) => weakness === row.weakness) ?? row)
}

async function lookAtAll(
  bench: Bench,
  weaknesses: readonly string[],
  troubles: ReadonlyMap<string, string>,
  lanes: number,
): Promise<readonly ProofRow[]> {
  const { clock } = bench
  const tries: { weakness: string; run: RunResult; ms: number }[] = []
  await shareOut(lanesOf(bench, lanes), weaknesses, async (_, weakness) => {
    const since = clock.now()
    const run = await runExploit(bench, weakness)
    tries.push({ weakness, run, ms: clock.now() - since })
  })
  const broken = new Map<string, readonly string[]>()
  const asked = new Set(weaknesses.flatMap((weakness) => journeysOf(bench, weakness)))
  await shareOut(lanesOf(bench, lanes), asked, async (_, journey) => {
    broken.set(journey, await brokenJourneys(bench, [journey]))
  })
  return tries.map(({ weakness, run, ms }) => {
    const its = journeysOf(bench, weakness).flatMap((journey) => broken.get(journey) ?? [])
    const trouble = troubles.get(serviceOf(weakness)) ?? ''
    return judge({ weakness, source: 'all-fixed', name: '' }, run, its, trouble, ms)
  })
}

const lanesOf = (bench: Bench, lanes: number): readonly Bench[] => Array.from({ length: lanes }, () => bench)

/** Applies all reference fixes, what others need first. What went wrong, by service. */
async function fixAll(
  bench: Bench,
  weaknesses: readonly string[],
  lanes: number,
): Promise<ReadonlyMap<string, string>> {
  const troubles = new Map<string, string>()
  const depths = Map.groupBy(
    new Set(weaknesses.map(serviceOf)),
    (service) => needsOf(bench.loaded.scenario, service).size,
  )
  for (const [, services] of [...depths].sort(([a], [b]) => a - b))
    await shareOut(lanesOf(bench, lanes), services, async (_, service) => {
      const edits = weaknesses
        .filter((weakness) => serviceOf(weakness) === service)
        .map((weakness) => ({ patch: bench.loaded.patches[weakness]?.plant ?? '', reverse: true }))
      troubles.set(service, await editSource(bench, service, edits))
    })
  return troubles
}
