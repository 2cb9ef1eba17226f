import { curveOf } from '#exercise/views/report/curve.ts'
import {
  type Block,
  type Cell,
  type Item,
  isDense,
  marksIn,
  type Table,
} from '#exercise/views/report/document.ts'
import type { Report, Wanted } from '#exercise/views/report/report.ts'
import type { Words } from '#exercise/views/report/words/words.ts'
import { ScrollRegion } from '../kit/scroll-region.tsx'
import { SectorMark } from '../kit/sector-mark.tsx'
import { Curve } from './curve.tsx'
import { OwnChanges } from './own-changes.tsx'
import { SaveBar } from './save-bar.tsx'
import { useReport } from './use-report.ts'
import { useWords } from './use-words.ts'

/** A report as a sheet: what it says, its pictures, and ways to take it along. */
export function Paper({ wanted }: { readonly wanted: Wanted }) {
  const words = useWords()
  const shown = useReport(wanted, words)
  if (!shown || !words) return null
  const { report, document, names } = shown
  return (
    <>
      <SaveBar report={report} document={document} />
      <article className={`paper card paper-${report.reader}`} lang={words.lang}>
        <h2 className="paper-title">{document.title}</h2>
        {document.blocks.map((block, nth) => (
          <BlockView key={nth} {...{ block, report, words }} />
        ))}
      </article>
      {report.reader === 'team' && <OwnChanges facts={report.facts} {...{ words, names }} />}
    </>
  )
}

/** A part of a report, drawn. */
export function BlockView(props: { readonly block: Block; readonly report: Report; readonly words: Words }) {
  const { block, report, words } = props
  switch (block.kind) {
    case 'heading':
      return <h3>{block.text}</h3>
    case 'text':
      return <p>{block.text}</p>
    case 'list':
      return (
        <ul>
          {block.items.map((item) => (
            <li key={item.text}>
              <Line item={item} />
            </li>
          ))}
        </ul>
      )
    case 'table':
      return (
        <>
          <TableView block={block} />
          <MarkKey block={block} words={words} />
        </>
      )
    case 'picture':
      return <Curve curve={curveOf(report, block.picture)} caption={block.caption} />
  }
}

const Line = ({ item: { text, href } }: { readonly item: Item }) =>
  href === undefined ? (
    text
  ) : (
    <a href={href} target="_blank" rel="noreferrer">
      {text}
    </a>
  )

function TableView({ block }: { readonly block: Table }) {
  const { name, caption, head, rows } = block
  const dense = isDense(block)
  return (
    <ScrollRegion className="paper-scroll" label={caption}>
      <table className={`paper-table paper-table-${name}${dense ? ' paper-dense' : ''}`}>
        <caption className="hidden">{caption}</caption>
        <thead>
          <tr>
            {head.map((said, nth) => (
              <th key={nth} scope="col" className={rows[0]?.[nth]?.number && 'end'}>
                {said}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, nth) => (
            <tr key={nth}>
              {cells.map((one, column) => (
                <CellView key={column} cell={one} dense={dense} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

/** What the shapes in a table mean, where it has no room to say so in each cell. */
function MarkKey(props: { readonly block: Table; readonly words: Words }) {
  const { block, words } = props
  const marks = marksIn(block)
  if (marks.length === 0) return null
  return (
    <p className="paper-key soft small">
      {marks.map((mark) => (
        <span key={mark} className="paper-mark">
          <SectorMark look={mark} />
          {mark === 'best' ? words.labels.best : words.state[mark]}
        </span>
      ))}
    </p>
  )
}

/** How much of the bad colour is mixed in at the most: letters stay readable on it in both themes. */
const DARKEST = 45

function CellView({ cell, dense }: { readonly cell: Cell; readonly dense: boolean }) {
  const { text, number, heat, mark, short } = cell
  const shade =
    heat === undefined
      ? undefined
      : `color-mix(in srgb, var(--bad) ${Math.round(heat * DARKEST)}%, var(--card))`
  return (
    <td
      className={number ? 'end num' : undefined}
      style={shade === undefined ? undefined : { background: shade }}
    >
      {mark ? (
        <span className="paper-mark">
          <SectorMark look={mark} />
          {dense ? (
            <>
              <span className="hidden">{text}</span>
              <span aria-hidden="true" title={text}>
                {short}
              </span>
            </>
          ) : (
            text
          )}
        </span>
      ) : (
        text
      )}
    </td>
  )
}
