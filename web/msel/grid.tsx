import { type FocusEvent, type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef } from 'react'
import { entryKey } from '#exercise/fold/changes.ts'
import type { TimelineRow, TimelineView } from '#exercise/views/timeline-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { useFollow } from '../kit/use-follow.ts'
import { draw } from './draw.ts'
import './grid.css'
import { GridRow } from './grid-row.tsx'
import { axisOf, placeOn, type Whom } from './shift/axis.ts'
import { useHand } from './shift/use-hand.ts'
import type { Shifting } from './shift/use-shift.ts'

/** A cell by its row's key and its column; column 0 is the entry itself, for all teams. */
export interface Place {
  readonly row: string
  readonly column: number
}

export const placeKey = ({ row, column }: Place): string => `${row}|${column}`

interface Props {
  readonly view: TimelineView
  /** Now, though what is shown may stand still under a hand. */
  readonly nowMs: number
  readonly shifting: Shifting
  readonly rows: readonly TimelineRow[]
  /** Teams that are shown: names in the order of their columns, and their places among all teams. */
  readonly teams: readonly { readonly name: string; readonly place: number }[]
  readonly focus: Place
  readonly selected: ReadonlySet<string>
  readonly onFocus: (place: Place, extend: boolean) => void
  /** A key that does not move; true when it meant something. */
  readonly onKey: (key: string) => boolean
}

/** Entries in rows, teams in columns. Arrow keys move in it, as in any grid. */
export function Grid({ view, nowMs, shifting, rows, teams, focus, selected, onFocus, onKey }: Props) {
  const say = useSay()
  const box = useRef<HTMLDivElement>(null)
  const { onScroll, follow } = useFollow(box, 'tr.next', view.next?.entries.map(entryKey).join() ?? null)
  const moved = useRef(false)
  const places = useMemo(() => teams.map(({ place }) => place), [teams])
  const index = rows.findIndex((row) => entryKey(row) === focus.row)
  const bySelf = useMemo(() => {
    const chosen = new Map<string, number[]>()
    for (const key of selected) {
      const cut = key.lastIndexOf('|')
      const columns = chosen.get(key.slice(0, cut)) ?? []
      columns.push(Number(key.slice(cut + 1)))
      chosen.set(key.slice(0, cut), columns)
    }
    return chosen
  }, [selected])

  useEffect(() => {
    if (!moved.current) return
    moved.current = false
    cellAt(box.current, focus)?.focus()
  }, [focus])

  const { shift, stop } = shifting
  const axis = shift?.axis ?? axisOf(view)
  const hand = useHand(shifting, (mark) => JSON.parse(mark.dataset.mark ?? '[]') as Whom)
  // Whoever moved an entry by keys is back where they were.
  const keyed = shift?.by === 'keys'
  const was = useRef(false)
  useEffect(() => {
    const back = was.current && !keyed
    was.current = keyed
    if (!back) return
    const frame = requestAnimationFrame(() => cellAt(box.current, focus)?.focus())
    return () => cancelAnimationFrame(frame)
  }, [keyed, focus])

  const go = (row: number, column: number, extend: boolean) => {
    const to = rows[Math.max(0, Math.min(rows.length - 1, row))]
    if (!to) return
    moved.current = true
    const most = to.cells.length === 1 && to.kind === 'phase' ? 1 : teams.length
    onFocus({ row: entryKey(to), column: Math.max(0, Math.min(most, column)) }, extend)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (shift) {
      const deed = shiftKeys(shifting)[event.key]
      if (!deed) return
      deed()
      event.preventDefault()
      event.stopPropagation()
      return
    }
    const at = Math.max(0, index)
    const steps: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(at + 1, focus.column, event.shiftKey),
      ArrowUp: () => go(at - 1, focus.column, event.shiftKey),
      ArrowRight: () => go(at, focus.column + 1, event.shiftKey),
      ArrowLeft: () => go(at, focus.column - 1, event.shiftKey),
      PageDown: () => go(at + 10, focus.column, event.shiftKey),
      PageUp: () => go(at - 10, focus.column, event.shiftKey),
      Home: () => go(at, 0, event.shiftKey),
      End: () => go(at, teams.length, event.shiftKey),
    }
    const step = steps[event.key]
    if (step) step()
    else if (!onKey(event.key)) return
    event.preventDefault()
  }
  const onClick = (event: MouseEvent) => {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row]') : null
    if (!cell || hand.dragged.current) return
    moved.current = true
    onFocus(
      { row: cell.dataset.row ?? '', column: Number(cell.dataset.column) },
      event.shiftKey || event.ctrlKey || event.metaKey,
    )
  }
  // What is being moved by keys is left where the focus goes elsewhere; that the window is left for another is not meant so.
  const onBlur = ({ target, relatedTarget }: FocusEvent) => {
    if (target.role !== 'slider') return
    if (shift?.by === 'keys' && !shift.asked && (relatedTarget || document.hasFocus())) stop()
  }
  return (
    <>
      <button type="button" className="button msel-follow" onClick={follow}>
        {say('msel.follow')}
      </button>
      <div className="msel-scroll" ref={box} onScroll={onScroll}>
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table that keys move in is a grid
          role="grid"
          aria-label={say('msel.grid')}
          aria-multiselectable="true"
          aria-rowcount={rows.length + 1}
          className={`msel-grid ${teams.length > 8 ? 'dense' : ''}`}
          style={{ '--now': placeOn(axis, nowMs), '--teams': teams.length }}
          onKeyDown={onKeyDown}
          onClick={onClick}
          onBlur={onBlur}
          onPointerDown={hand.onPointerDown}
        >
          <thead>
            <tr>
              <th scope="col">
                {say('msel.entry')}
                <span className="msel-ends small num" aria-hidden="true">
                  <span>{say.clock(axis.fromMs)}</span>
                  <span>{say.clock(axis.toMs)}</span>
                </span>
              </th>
              {teams.map(({ name, place }) => (
                <th key={place} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => {
              const drawn = draw(say, view, axis, row, places)
              return (
                <GridRow
                  key={drawn.key}
                  row={drawn}
                  index={at}
                  drawn={JSON.stringify(drawn)}
                  focus={at === Math.max(0, index) ? focus.column : -1}
                  selected={(bySelf.get(drawn.key) ?? []).join()}
                  shift={shift?.row === drawn.key ? shift : null}
                />
              )
            })}
          </tbody>
        </table>
        {rows.length === 0 && <p className="soft">{say('msel.none')}</p>}
      </div>
    </>
  )
}

/** Keys while an entry is moved in time. */
const shiftKeys = ({ step, letGo, stop }: Shifting): Readonly<Record<string, () => void>> => ({
  ArrowRight: () => step(1),
  ArrowUp: () => step(1),
  ArrowLeft: () => step(-1),
  ArrowDown: () => step(-1),
  PageUp: () => step(5),
  PageDown: () => step(-5),
  Home: () => step(Number.NEGATIVE_INFINITY),
  End: () => step(Number.POSITIVE_INFINITY),
  Enter: letGo,
  ' ': letGo,
  Escape: stop,
})

const cellAt = (box: HTMLElement | null, { row, column }: Place): HTMLElement | null =>
  box?.querySelector(`[data-row="${CSS.escape(row)}"][data-column="${column}"]`) ?? null
