import { memo } from 'react'
import { type Mark, Strip } from './shift/strip.tsx'
import type { Shift } from './shift/use-shift.ts'

/** A cell as it is drawn. */
export interface DrawnCell {
  readonly text: string
  readonly mark: string
  readonly tone: string
  readonly moved: boolean
}

/** A row as it is drawn: only texts, so that what has not changed is not drawn again. */
export interface DrawnRow {
  readonly key: string
  readonly name: string
  readonly title: string
  readonly time: string
  readonly tags: readonly string[]
  readonly past: boolean
  readonly next: boolean
  /** When it comes, where that can be changed. */
  readonly marks: readonly Mark[]
  readonly cells: readonly DrawnCell[]
}

interface Props {
  readonly row: DrawnRow
  readonly index: number
  /** All of the row's texts in one: what is compared. */
  readonly drawn: string
  /** The column with the focus; -1 when it is in another row. 0 is the entry itself. */
  readonly focus: number
  /** Selected columns, with commas. */
  readonly selected: string
  /** It is being moved in time. */
  readonly shift: Shift | null
}

/** One entry, and a cell for each team. */
export const GridRow = memo(
  function GridRow({ row, index, focus, selected, shift }: Props) {
    const chosen = selected === '' ? [] : selected.split(',').map(Number)
    const place = (column: number) => ({
      'data-row': row.key,
      'data-column': column,
      tabIndex: focus === column ? 0 : -1,
      'aria-selected': chosen.includes(column),
      'aria-colindex': column + 1,
    })
    return (
      <tr aria-rowindex={index + 2} className={row.next ? 'next' : row.past ? 'past' : ''}>
        <th scope="row" className="msel-entry" {...place(0)}>
          <span className="msel-time num">{row.time}</span>
          <span className="msel-name num">{row.name}</span>
          <span className="msel-title">{row.title}</span>
          {row.tags.map((tag) => (
            <span key={tag} className="msel-tag">
              {tag}
            </span>
          ))}
          {row.marks.length > 0 && (
            <Strip marks={row.marks} shift={shift} entry={`${row.name} ${row.title}`} />
          )}
        </th>
        {row.cells.map((cell, at) => (
          <td
            key={at}
            className={`msel-cell tone-${cell.tone}`}
            colSpan={row.cells.length === 1 ? 100 : 1}
            {...place(at + 1)}
          >
            <span aria-hidden="true" className="msel-mark">
              {cell.mark}
            </span>
            <span>
              {cell.text}
              {cell.moved && <span aria-hidden="true"> ↷</span>}
            </span>
          </td>
        ))}
      </tr>
    )
  },
  (a, b) =>
    a.drawn === b.drawn &&
    a.focus === b.focus &&
    a.selected === b.selected &&
    a.index === b.index &&
    a.shift === b.shift,
)
