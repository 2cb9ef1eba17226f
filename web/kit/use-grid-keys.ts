import { type FocusEvent, type KeyboardEvent, useState } from 'react'

const CELL = '[data-at]'

/**
 * A table whose cells are moved between by arrow keys, Home and End; Tab leads into it and out of it. Cells name themselves with `data-at`, and the one that
 * Tab leads to is the last that was focused.
 */
export function useGridKeys() {
  const [at, setAt] = useState<string | null>(null)
  return {
    at,
    onFocus: ({ target }: FocusEvent<HTMLElement>) => {
      const cell = target.closest<HTMLElement>(CELL)
      if (cell) setAt(cell.dataset.at ?? null)
    },
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      if (!(event.target instanceof HTMLElement) || event.altKey || event.metaKey || event.shiftKey) return
      const to = neighbour(event.target, event.key, event.ctrlKey)
      if (!to) return
      event.preventDefault()
      to.focus()
    },
  }
}

/** Where a key leads to; null where it means nothing here, or there is nothing that way. */
function neighbour(from: HTMLElement, key: string, whole: boolean): HTMLElement | null {
  const cell = from.closest<HTMLElement>(CELL)
  const row = cell?.closest('tr')
  if (!cell || !row?.parentElement) return null
  const rows = [...row.parentElement.children]
  const line = rows.indexOf(row)
  const column = cellsIn(row).indexOf(cell)
  const go = (y: number, x: number) => {
    const there = rows[Math.max(0, Math.min(rows.length - 1, y))]
    return there ? (cellsIn(there).at(x) ?? null) : null
  }
  switch (key) {
    case 'ArrowLeft':
      return go(line, Math.max(0, column - 1))
    case 'ArrowRight':
      return go(line, column + 1)
    case 'ArrowUp':
      return whole ? null : go(line - 1, column)
    case 'ArrowDown':
      return whole ? null : go(line + 1, column)
    case 'Home':
      return go(whole ? 0 : line, 0)
    case 'End':
      return go(whole ? rows.length - 1 : line, -1)
    default:
      return null
  }
}

const cellsIn = (row: Element): readonly HTMLElement[] => [...row.querySelectorAll<HTMLElement>(CELL)]
