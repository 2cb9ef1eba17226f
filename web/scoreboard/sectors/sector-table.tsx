import type { CSSProperties } from 'react'
import type { SectorColumn } from '#exercise/views/sectors/sector-cells.ts'
import type { SectorLook } from '#exercise/views/sectors/sector-shapes.ts'
import type { SectorsView } from '#exercise/views/sectors/sectors-view.ts'
import { useSay } from '../../kit/i18n/use-say.ts'
import { ScrollRegion } from '../../kit/scroll-region.tsx'
import { SectorMark } from '../../kit/sector-mark.tsx'
import { ServiceIcon } from '../../kit/service-icon.tsx'
import { useWidth } from '../../kit/use-width.ts'
import { fitted } from './fit.ts'
import { SectorLine } from './sector-row.tsx'
import { sinceText } from './sector-words.ts'
import './sectors.css'
import './sectors-dense.css'

const KEY: readonly SectorLook[] = ['best', 'closed', 'blocked', 'blocked-by-outage', 'open']

/** Attacks by teams, as a native table: a screen reader walks it, each cell with its team and its attack. */
export function SectorTable(props: {
  readonly view: SectorsView
  readonly titleOf: (service: string) => string
  readonly big: boolean
  readonly picked: string | null
  readonly onPick: ((team: string) => void) | null
}) {
  const { view, titleOf, big, picked, onPick } = props
  const say = useSay()
  const [box, width] = useWidth()
  const fit = fitted({ width, big, rows: view.rows.length, columns: view.columns.length })
  const hidden = view.columns.length - fit.shown
  const look = [
    'sectors',
    fit.changesApart ? 'changes-apart' : '',
    fit.words ? '' : 'no-words',
    fit.dense ? 'dense' : '',
  ]
  const style = { '--rows': view.rows.length, '--font': `${fit.fontRem}rem` } as CSSProperties
  return (
    <div className="sectors-box" ref={box}>
      <ScrollRegion className="sectors-scroll" label={say('sectors.title')}>
        <table className={look.filter(Boolean).join(' ')} style={style}>
          <caption className="hidden">
            {say('sectors.caption')} {sinceText(say, view)}
          </caption>
          <thead>
            <tr>
              <th scope="col" className="sector-rank">
                {say('standings.rank')}
              </th>
              <th scope="col" className="sector-team">
                {say('standings.team')}
              </th>
              <th scope="col" className="sector-moved">
                {say('sectors.moved')}
              </th>
              <th scope="col" className="sector-points end">
                {say('sectors.points')}
              </th>
              <th scope="col" className="sector-gap end">
                {say('sectors.gap')}
              </th>
              {fit.changesApart && (
                <th scope="col" className="sector-lately">
                  {say('sectors.changes')}
                </th>
              )}
              {view.columns.slice(0, fit.shown).map((column, nth) => (
                <Head key={nth} column={column} title={titleOf(column.service)} />
              ))}
            </tr>
          </thead>
          <tbody>
            {view.rows.map((row) => (
              <SectorLine
                key={row.team}
                {...{ row, titleOf, picked, onPick }}
                shown={fit.shown}
                changesApart={fit.changesApart}
                told={big || fit.dense ? 2 : 3}
              />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {view.columns.length === 0 ? (
        <p className="soft">{say('techniques.empty')}</p>
      ) : (
        <p className="sectors-key soft">
          {KEY.map((one) => (
            <span key={one} aria-hidden="true">
              <span className={`sector-cell sector-${one}`}>
                <SectorMark look={one} />
              </span>
              {say(`sectors.word.${one}`)}
            </span>
          ))}
          {hidden > 0 && <span>{say('sectors.older', { count: hidden })}</span>}
        </p>
      )}
    </div>
  )
}

/** An attack by its moment and its service; all of it where the pointer rests, and for screen readers. */
function Head({ column, title }: { readonly column: SectorColumn; readonly title: string }) {
  const say = useSay()
  const time = say.clock(column.atMs)
  const text = say('sectors.column', { time, service: title, title: say.text(column.title) })
  return (
    <th scope="col" className="sector" title={text}>
      <span className="hidden">{text}</span>
      <span className="sector-head" aria-hidden="true">
        <span className="num">
          <ServiceIcon service={column.service} size="1.1em" /> {time}
        </span>
        <span className="sector-service">{title}</span>
      </span>
    </th>
  )
}
