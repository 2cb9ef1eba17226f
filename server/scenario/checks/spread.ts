import type { Scenario } from '../../exercise/scenario/model.ts'
import { neededSpreadMs, PATIENCE_MS } from '../../exercise/schedule/freeze.ts'
import type { Diagnostic } from '../diagnostics/diagnostics.ts'
import type { Source } from '../diagnostics/read.ts'
import { formatDuration } from '../schema/durations.ts'
import { rawAttacks } from './timeline/raw-entries.ts'

/**
 * Warns of attacks whose jitter is so small that a team which knows their moments would lose less by freezing the service than by being breached. What the instructor
 * lets come has no moment that anybody could know. `scenario`: compiled from a source in which nothing is wrong.
 */
export function checkSpread(source: Source, scenario: Scenario, report: Diagnostic[]): void {
  const attacks = new Map(scenario.attacks.map((attack) => [attack.id, attack]))
  for (const { path: entry, id } of rawAttacks(source)) {
    const path = [...entry, 'id']
    const attack = attacks.get(id)
    if (!attack || attack.trigger.kind === 'manual' || attack.trigger.kind === 'when') continue
    const spread = 2 * (attack.jitterMs ?? 0)
    const needed = neededSpreadMs(scenario, attack)
    if (spread >= needed) continue
    const jitter = formatDuration(Math.ceil(needed / 2000) * 1000)
    const message = `its moment is known to within ${formatDuration(spread)}: to freeze \`${attack.service}\` for so long, and for the ${formatDuration(PATIENCE_MS)} that attackers ask again, costs less than to be breached; \`jitter: ${jitter}\` makes it cost more`
    report.push(source.problem(path, { code: 'small-jitter', severity: 'warning', message }))
  }
}
