import type { Recorded } from '#exercise/ledger/events.ts'

/** So long after its first event a line takes no more: in time of day, which is what somebody reads in. In a pause exercise time stands still. */
const WITHIN_MS = 10_000

export interface LedgerGroup {
  /** In their order; one at least. */
  readonly events: readonly [Recorded, ...Recorded[]]
}

/**
 * Pure: events of one type within a few seconds as one line, in the order of their first events, so that no line changes its place as it grows. By team too, or of all teams: with two dozen of them each
 * has its own next event long before the same one has another.
 */
export function groupsOf(events: readonly Recorded[], byTeam: boolean): readonly LedgerGroup[] {
  const groups: { readonly events: [Recorded, ...Recorded[]] }[] = []
  const open = new Map<string, [Recorded, ...Recorded[]]>()
  for (const event of events) {
    const key = byTeam && 'team' in event.data ? `${event.type} ${event.data.team}` : event.type
    const before = open.get(key)
    if (before && Math.abs(event.wall - before[0].wall) <= WITHIN_MS) {
      before.push(event)
      continue
    }
    const begun: [Recorded, ...Recorded[]] = [event]
    open.set(key, begun)
    groups.push({ events: begun })
  }
  return groups
}
