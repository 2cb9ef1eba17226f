import type { SectorCell } from '#exercise/views/sectors/sector-cells.ts'
import type { SectorChange } from '#exercise/views/sectors/sector-changes.ts'
import type { SectorLook } from '#exercise/views/sectors/sector-shapes.ts'
import type { SectorNext, SectorRow, SectorsView } from '#exercise/views/sectors/sectors-view.ts'
import type { Say } from '../../kit/i18n/use-say.ts'

export const lookOf = ({ state, best }: SectorCell): SectorLook => (best ? 'best' : state)

/** A cell in words that stand by themselves. */
export const cellText = (say: Say, cell: SectorCell): string =>
  say(`sectors.cell.${lookOf(cell)}`, { time: say.clock(cell.ms ?? 0) })

/** What is to come, as far as this viewer may know: to the minute, and to the second within the last. */
export function nextText(say: Say, next: SectorNext): string {
  if (next.kind === 'none') return say('sectors.next.none')
  if (next.kind === 'attack') {
    if (next.inMs === null) return say('sectors.next.waits')
    return next.inMs < 1000
      ? say('sectors.next.now')
      : say('sectors.next.attack', { span: roughly(say, next.inMs) })
  }
  return next.phase
    ? say('sectors.next.phase', {
        span: roughly(say, next.phase.inMs),
        phase: say.text(next.phase.title),
      })
    : say('sectors.next.unannounced')
}

const MINUTE_MS = 60_000
const roughly = (say: Say, ms: number) =>
  say.span(ms > MINUTE_MS ? Math.ceil(ms / MINUTE_MS) * MINUTE_MS : ms)

export const sinceText = (say: Say, { sinceMs }: SectorsView): string =>
  sinceMs === 0 ? say('sectors.sinceStart') : say('sectors.since', { time: say.clock(sinceMs) })

export function movedText(say: Say, { moved }: SectorRow): string {
  if (moved === 0) return say('sectors.same')
  return say(moved > 0 ? 'sectors.up' : 'sectors.down', { count: Math.abs(moved) })
}

/** A team that others had more faults of ours with may lead with fewer points. */
export function gapText(say: Say, { gap, rank }: SectorRow): string {
  if (rank === 1 || Math.abs(gap) < 0.05) return say('sectors.leads')
  const count = Math.abs(gap)
  return say(gap > 0 ? 'sectors.behind' : 'sectors.ahead', { count, n: say.points(count) })
}

/** What points were won and lost by, each in a sentence of its own. */
export function changeText(say: Say, change: SectorChange, titleOf: (service: string) => string): string {
  const { kind, cause, category, points, service } = change
  const said = {
    n: say.number(points),
    service: service === null ? '' : titleOf(service),
    category: say.within(say(`category.${category}`)),
  }
  if (kind === 'won')
    return say(
      cause === 'blocked' || cause === 'recovery' || cause === 'adjusted'
        ? `sectors.won.${cause}`
        : 'sectors.won.category',
      said,
    )
  return say(cause === 'blocked' ? 'sectors.lost.category' : `sectors.lost.${cause}`, said)
}
