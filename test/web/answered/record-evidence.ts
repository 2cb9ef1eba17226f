import { writeFileSync } from 'node:fs'
import { onWorkbench } from '../../../server/cli/workbench.ts'
import { wallClock } from '../../../server/engine/wall-clock.ts'
import { type Bench, gatherLoot, runExploit } from '../../../server/proof/prove-bench.ts'
import { loadScenario } from '../../../server/scenario/load.ts'

/** Writes anew what attacks on a real enclave leave as evidence: `node test/web/answered/record-evidence.ts`, three minutes. */
const OUT = new URL('./attack-evidence.json', import.meta.url)
const ROUNDS = 2
const cut = (text: string, length: number) => text.slice(0, length)

const loaded = await loadScenario('scenarios/locked-meremaa', { packs: [] })
const kept: Record<string, object> = {}
await onWorkbench({ name: 'rehearse', teams: 1, spec: loaded.range }, async ({ range, teams, line }) => {
  for (const id of Object.keys(loaded.range.exploits)) {
    const thief: Bench = { team: teams[0] ?? '', range, loaded, clock: wallClock, loot: new Map() }
    await gatherLoot(thief, id)
    for (let round = 0; round < ROUNDS && !kept[id]; round++) {
      const { outcome, evidence } = await runExploit(thief, id)
      line(`${id} ${outcome}`)
      if (outcome !== 'pass' || !evidence) continue
      const { sent, received, expected } = evidence
      kept[id] = {
        ...evidence,
        ...{ sent: cut(sent, 400), received: cut(received, 150), expected: cut(expected, 300) },
      }
    }
  }
})
const sorted = Object.fromEntries(Object.entries(kept).toSorted(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync(OUT, `${JSON.stringify(sorted, null, 2)}\n`)
process.exit(0)
