import { memo } from 'react'
import type { SectorCell } from '#exercise/views/sectors/sector-cells.ts'
import type { SectorRow } from '#exercise/views/sectors/sectors-view.ts'
import { useSay } from '../../kit/i18n/use-say.ts'
import { SectorMark } from '../../kit/sector-mark.tsx'
import { TeamName } from '../../kit/team-name.tsx'
import { cellText, changeText, gapText, lookOf, movedText } from './sector-words.ts'

export interface RowProps {
  readonly row: SectorRow
  /** So many of its cells, the newest. */
  readonly shown: number
  /** Changes have a column of their own, or stand below the name. */
  readonly changesApart: boolean
  /** So many of them are told. */
  readonly told: number
  readonly titleOf: (service: string) => string
  readonly picked: string | null
  /** null where nobody is to press anything. */
  readonly onPick: ((team: string) => void) | null
}

/** A team: its place and how that changed, and its time for each attack. */
export function SectorLine({ row, shown, changesApart, told, titleOf, picked, onPick }: RowProps) {
  const say = useSay()
  const changes = row.changes.slice(0, told).map((change) => changeText(say, change, titleOf))
  const said = changes.length > 0 ? say.list(changes) : say('sectors.unchanged')
  const words = (
    <span className="sector-changes small soft" title={said}>
      {said}
    </span>
  )
  const look = picked === null ? undefined : picked === row.team ? 'picked' : 'faded'
  return (
    <tr data-look={look}>
      <td className="sector-rank num">{say.number(row.rank)}</td>
      <th scope="row" className="sector-team">
        {onPick ? (
          <button
            type="button"
            className="sector-pick"
            aria-pressed={picked === row.team}
            onClick={() => onPick(row.team)}
          >
            <TeamName name={row.name} />
          </button>
        ) : (
          <TeamName name={row.name} />
        )}
        {!changesApart && words}
      </th>
      <td className="sector-moved num" title={movedText(say, row)}>
        <span className="hidden">{movedText(say, row)}</span>
        <span aria-hidden="true" className={movedClass(row.moved)}>
          {row.moved === 0 ? '=' : `${row.moved > 0 ? '▲' : '▼'}${say.number(Math.abs(row.moved))}`}
        </span>
      </td>
      <td className="sector-points num end">
        {say.points(row.points)}
        {/* On a phone the column of gaps would push the times out of sight. */}
        <span className="sector-gap-below soft">
          <Gap row={row} />
        </span>
      </td>
      <td className="sector-gap num end" title={gapText(say, row)}>
        <Gap row={row} />
      </td>
      {changesApart && <td className="sector-lately">{words}</td>}
      {row.cells.slice(0, shown).map((cell, nth) => (
        // By its place: on a jump to another moment all attacks are others, and what stands there is written over.
        <Cell key={nth} {...cell} />
      ))}
    </tr>
  )
}

function Gap({ row }: { readonly row: SectorRow }) {
  const say = useSay()
  return (
    <>
      <span className="hidden">{gapText(say, row)}</span>
      <span aria-hidden="true">{gapShown(row, say.points)}</span>
    </>
  )
}

const movedClass = (moved: number) => (moved === 0 ? 'moved-not' : moved > 0 ? 'moved-up' : 'moved-down')

const gapShown = ({ rank, gap }: SectorRow, points: (value: number) => string): string =>
  rank === 1 || Math.abs(gap) < 0.05 ? '–' : `${gap > 0 ? '−' : '+'}${points(Math.abs(gap))}`

/** Drawn again only when something in it changes: there are hundreds. */
const Cell = memo((cell: SectorCell) => {
  const say = useSay()
  const look = lookOf(cell)
  const text = cellText(say, cell)
  return (
    <td className="sector" title={text}>
      <span className="hidden">{text}</span>
      <span className={`sector-cell sector-${look}`} aria-hidden="true">
        <SectorMark look={look} />
        <span className="sector-said">
          {cell.ms !== null && <b className="num">{say.clock(cell.ms)}</b>}
          <span className={cell.ms === null ? 'sector-only' : 'sector-word'}>
            {say(`sectors.word.${look}`)}
          </span>
        </span>
      </span>
    </td>
  )
})
