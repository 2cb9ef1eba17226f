import { Bug } from 'lucide-react'
import { memo, useDeferredValue } from 'react'
import { VERDICTS, type Verdict } from '#exercise/scenario/words.ts'
import type { ExerciseView } from '#exercise/views/views.ts'
import { Bars, barsOf, windowOf } from './history-strip.tsx'
import { useSay } from './i18n/use-say.ts'
import { ScrollRegion } from './scroll-region.tsx'
import './matrix.css'
import { ServiceIcon } from './service-icon.tsx'
import { StateMark } from './state-mark.tsx'
import { TeamName } from './team-name.tsx'
import { Told } from './told.tsx'
import { useWidth } from './use-width.ts'

const CELLS = 30
/** So wide must a column be for words, and the first one for names, in rem. Without words names stand upright, states are shapes, and a line below says what they mean. */
const FOR_WORDS = 6.2
const FOR_NAMES = 7.5
const SHOWN: readonly Verdict[] = ['up', 'slow', 'broken', 'unknown']

/** Team by service: state, since when, and the strip of what was. A native table, so that a screen reader can walk it. */
export function Matrix({
  view,
  withPoints = false,
  roomOf,
}: {
  readonly view: ExerciseView
  readonly withPoints?: boolean
  /** Link to a team's room, for those who may go there. */
  readonly roomOf?: (team: string) => string
}) {
  const say = useSay()
  const [box, width] = useWidth()
  // Hundreds of cells: what stands around them is on the screen before.
  const rows = useDeferredValue(true, false) ? view.teams : []
  const services = view.teams[0]?.services ?? []
  if (services.length === 0) return <p className="soft">{say('matrix.empty')}</p>
  const words = Object.fromEntries(
    VERDICTS.map((verdict) => [verdict, say(`state.exact.${verdict}`)]),
  ) as Readonly<Record<Verdict, string>>
  const titles = new Map(services.map(({ id, title }) => [id, say.text(title)]))
  const breached = say('matrix.breached')
  const window = windowOf(view.atMs, view.durationMs)
  const dense = width < FOR_NAMES + services.length * FOR_WORDS
  return (
    <div className="matrix-box" ref={box}>
      <ScrollRegion className="matrix-scroll" label={say('matrix.title')}>
        <table className={dense ? 'matrix matrix-dense' : 'matrix'} style={{ '--columns': services.length }}>
          <thead>
            <tr>
              <th scope="col">{say('standings.team')}</th>
              {services.map((service) => (
                <th key={service.id} scope="col">
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
              <tr key={team.id}>
                <th scope="row">
                  {roomOf ? (
                    <a className="matrix-room" href={roomOf(team.id)}>
                      <TeamName name={team.name} />
                    </a>
                  ) : (
                    <TeamName name={team.name} />
                  )}
                  {withPoints && <span className="matrix-points num">{say.points(team.score.total)}</span>}
                </th>
                {services.map(({ id }) => {
                  const service = team.services.find((known) => known.id === id)
                  return (
                    <td key={id}>
                      {service && (
                        <Cell
                          verdict={service.verdict}
                          word={words[service.verdict]}
                          breached={service.breached ? breached : null}
                          name={titles.get(id) ?? id}
                          dense={dense}
                          bars={barsOf({ history: service.history, window, cells: CELLS })}
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
      {dense && (
        <p className="matrix-key soft" aria-hidden="true">
          {SHOWN.map((verdict) => (
            <span key={verdict} className={`cell-${verdict}`}>
              <StateMark verdict={verdict} /> {say(`state.plain.${verdict}`)}
            </span>
          ))}
          <span className="cell-breach">
            <Bug aria-hidden="true" size="1em" /> {say('matrix.breached')}
          </span>
        </p>
      )}
    </div>
  )
}

interface CellProps {
  readonly verdict: Verdict
  readonly word: string
  /** Where attackers are inside. */
  readonly breached: string | null
  readonly name: string
  readonly dense: boolean
  readonly bars: string
}

/** Its words come from above, and it is drawn again only when one of them changes: with hundreds of cells each look into the dictionary counts. */
const Cell = memo(({ verdict, word, breached, name, dense, bars }: CellProps) => (
  <div
    className={`cell cell-${verdict}`}
    title={dense ? [`${name}: ${word}`, breached].filter(Boolean).join(', ') : undefined}
  >
    <span className="cell-state">
      <StateMark verdict={verdict} />
      <span className={dense ? 'hidden' : ''}>{word}</span>
      {breached && (
        <span className="cell-breach">
          <Bug aria-hidden="true" size="1em" />
          <span className={dense ? 'hidden' : ''}>{breached}</span>
        </span>
      )}
    </span>
    <Bars of={bars} />
  </div>
))
