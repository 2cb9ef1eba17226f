import { useState } from 'react'
import { entryKey } from '#exercise/fold/changes.ts'
import type { TimelineView } from '#exercise/views/timeline-view.ts'
import { type Axis, axisOf, comesFirst, nearest, stepped, type Whom } from './axis.ts'

/** An entry on its way to another time. */
export interface Shift {
  /** Key of its row. */
  readonly row: string
  readonly whom: Whom
  readonly axis: Axis
  /** When it comes as it stands, and when it is to come. */
  readonly wasMs: number
  readonly toMs: number
  readonly by: 'hand' | 'keys'
  /** It was let go: whether it is meant is asked. */
  readonly asked: boolean
  /** What the page showed when it was taken: nothing moves under the hand. */
  readonly view: TimelineView
}

export interface Shifting {
  readonly shift: Shift | null
  /** Takes an entry; false when it has no time that could be changed. */
  readonly take: (row: string, whom: Whom, by: Shift['by']) => boolean
  /** To where the hand is, 0 to 1 from the left of the axis to its right. */
  readonly drag: (place: number) => void
  /** So many steps later, or sooner; to the first or last moment where that is infinite. */
  readonly step: (steps: number) => void
  readonly letGo: () => void
  readonly stop: () => void
}

/** Moving an entry in time, by hand or by keys, until it is let go and asked about. Nothing is sent from here. */
export function useShift(view: TimelineView): Shifting {
  const [shift, setShift] = useState<Shift | null>(null)
  const to = (next: (was: Shift) => number) => setShift((was) => was && { ...was, toMs: next(was) })
  return {
    shift,
    take(key, whom, by) {
      const row = view.rows.find((one) => entryKey(one) === key)
      const wasMs = row ? comesFirst(row, whom) : null
      const axis = axisOf(view)
      if (wasMs === null || axis.firstMs > axis.lastMs) return false
      setShift({ row: key, whom, axis, wasMs, toMs: wasMs, by, asked: false, view })
      return true
    },
    drag: (place) => to(({ axis }) => nearest(axis, axis.fromMs + place * (axis.toMs - axis.fromMs))),
    step: (steps) =>
      to(({ axis, toMs }) =>
        Number.isFinite(steps) ? stepped(axis, toMs, steps) : steps > 0 ? axis.lastMs : axis.firstMs,
      ),
    letGo: () => setShift((was) => was && { ...was, asked: true }),
    stop: () => setShift(null),
  }
}
