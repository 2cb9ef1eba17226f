import { type MouseEvent, type ReactNode, useDeferredValue, useRef, useState } from 'react'
import { VERDICTS, type Verdict } from '#exercise/scenario/words.ts'
import type { ExerciseView, TeamView } from '#exercise/views/views.ts'
import { barsOf, windowOf } from './history-strip.tsx'
import { useSay } from './i18n/use-say.ts'
import { MatrixCell } from './matrix-cell.tsx'
import { MatrixKey } from './matrix-key.tsx'
import { matrixShape } from './matrix-shape.ts'
import { ScrollRegion } from './scroll-region.tsx'
import './matrix.css'
import './matrix-flat.css'
import { laterPart, useAhead } from './later-part.tsx'
import { ServiceIcon } from './service-icon.tsx'
import { TeamName } from './team-name.tsx'
import { Told } from './told.tsx'
import { useGridKeys } from './use-grid-keys.ts'
import { useHeight } from './use-height.ts'
import { useWidth } from './use-width.ts'

const CELLS = 30

/** Of a strip beside its mark: narrower than that it is a smear. */
const CELLS_FLAT = 12

/** So wide must the first column be, in rem, for what the shapes mean: above the teams there is nothing else. */
const FOR_KEY = 9

const MatrixPopover = laterPart(async () => (await import('./matrix-popover.tsx')).MatrixPopover, null)
const PARTS = [MatrixPopover]
const NONE: typeof PARTS = []

/** What of a cell can be asked for. */
export interface CellAt {
  readonly team: string
  readonly service: string
  readonly close: () => void
}

interface Props {
  readonly view: ExerciseView
  /** What stands beside a team's name. */
  readonly pointsOf?: (team: TeamView) => string
  /** Link to a team's room, for those who may go there. */
  readonly roomOf?: (team: string) => string
  /** What a cell tells when it is opened; without it they are pictures. */
  readonly about?: (cell: CellAt) => ReactNode
  /** Whether all of it must fit into the window's height. */
  readonly fits?: boolean
}

/** Team by service: state, since when, and the strip of what was. A native table, so that a screen reader can walk it. */
export function Matrix({ view, pointsOf, roomOf, about, fits = false }: Props) {
  const say = useSay()
  const [box, width] = useWidth()
  const height = useHeight()
  const keys = useGridKeys()
  const cell = useOpenCell()
  useAhead(about ? PARTS : NONE)
  // Hundreds of cells: what stands around them is on the screen before.
  const rows = useDeferredValue(true, false) ? view.teams : []
  const services = view.teams[0]?.services ?? []
  if (services.length === 0) return <p className="soft">{say('matrix.empty')}</p>
  const said = Object.fromEntries(
    VERDICTS.map((verdict) => [verdict, say(`state.exact.${verdict}`)]),
  ) as Readonly<Record<Verdict, string>>
  const names = services.map(({ title }) => say.text(title))
  const teamNames = new Map(view.teams.map(({ id, name }) => [id, say.text(name)]))
  const breached = say('matrix.breached')
  const window = windowOf(view.atMs, view.durationMs)
  const shape = matrixShape({ width, height: fits ? height : null, teams: view.teams.length, names })
  const { words, flat, upright, strips } = shape
  const cells = flat && !words ? CELLS_FLAT : CELLS
  const places = rows.flatMap(({ id }) => [
    ...(roomOf ? [id] : []),
    ...services.map((service) => placeOf(id, service.id)),
  ])
  const tab = keys.at !== null && places.includes(keys.at) ? keys.at : places[0]
  const inCorner = flat && upright && shape.first >= FOR_KEY
  const kinds = {
    'matrix-dense': !words,
    'matrix-flat': flat,
    'matrix-upright': upright,
    'matrix-marks': !strips,
  }
  const className = ['matrix', ...Object.entries(kinds).flatMap(([kind, is]) => (is ? [kind] : []))].join(' ')
  return (
    <div className="matrix-box" ref={box}>
      <ScrollRegion className="matrix-scroll" label={say('matrix.title')}>
        <table
          className={className}
          style={{
            '--columns': services.length,
            '--first': `${shape.first}rem`,
            '--column': `${shape.column}rem`,
          }}
          {...(about && {
            role: 'grid',
            'aria-label': say('matrix.title'),
            onFocus: keys.onFocus,
            onKeyDown: keys.onKeyDown,
            onClick: cell.onClick,
          })}
        >
          <thead>
            <tr>
              <th scope="col">
                {inCorner && <MatrixKey />}
                {say('standings.team')}
              </th>
              {services.map((service, i) => (
                <th key={service.id} scope="col" title={upright ? names[i] : undefined}>
                  <span className="matrix-service">
                    <ServiceIcon service={service.id} size="1.15em" />
                    <span className="matrix-name">
                      <Told name text={service.title} />
                    </span>
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((team) => (
              <tr key={team.id} data-team={team.id}>
                <th scope="row">
                  <span className="matrix-team">
                    {roomOf ? (
                      <a
                        className="matrix-room"
                        href={roomOf(team.id)}
                        {...(about && { 'data-at': team.id, tabIndex: tab === team.id ? 0 : -1 })}
                      >
                        <TeamName name={team.name} />
                      </a>
                    ) : (
                      <TeamName name={team.name} />
                    )}
                    {pointsOf && <span className="matrix-points num">{pointsOf(team)}</span>}
                  </span>
                </th>
                {services.map(({ id }, i) => {
                  const service = team.services.find((known) => known.id === id)
                  const place = placeOf(team.id, id)
                  return (
                    <td key={id}>
                      {service && (
                        <MatrixCell
                          verdict={service.verdict}
                          word={said[service.verdict]}
                          breached={service.breached ? breached : null}
                          said={say.remarks([said[service.verdict], ...(service.breached ? [breached] : [])])}
                          of={say.head(say.remarks([teamNames.get(team.id) ?? '', names[i] ?? id]))}
                          words={words}
                          bars={strips ? barsOf({ history: service.history, window, cells }) : null}
                          at={about ? place : null}
                          first={tab === place}
                        />
                      )}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {!words && !inCorner && <MatrixKey />}
      {about && cell.open !== null && (
        <MatrixPopover trigger={cell.trigger} onClose={cell.close}>
          {about({ ...cell.open, close: cell.close })}
        </MatrixPopover>
      )}
    </div>
  )
}

const placeOf = (team: string, service: string) => JSON.stringify([team, service])

/** Which cell is open, and the button that it hangs at. */
function useOpenCell() {
  const trigger = useRef<HTMLElement | null>(null)
  const [open, setOpen] = useState<{ readonly team: string; readonly service: string } | null>(null)
  return {
    trigger,
    open,
    close: () => setOpen(null),
    onClick: ({ target }: MouseEvent<HTMLElement>) => {
      const button = target instanceof Element ? target.closest<HTMLElement>('button[data-at]') : null
      if (!button) return
      const [team = '', service = ''] = JSON.parse(button.dataset.at ?? '[]') as string[]
      trigger.current = button
      setOpen({ team, service })
    },
  }
}
