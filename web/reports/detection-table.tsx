import { useState } from 'react'
import type { TeamView } from '#exercise/views/views.ts'
import { useDetection } from '../feed/use-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { ScrollRegion } from '../kit/scroll-region.tsx'
import './reports.css'

interface Props {
  readonly teams: readonly TeamView[]
}

/** The five moments of each attack that landed on these teams: of many teams in a long day hundreds of rows, which nobody pays for who does not look at them. */
export function DetectionTable({ teams }: Props) {
  const say = useSay()
  const [open, setOpen] = useState(false)
  return (
    <details className="detection" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say('detection.title')}</summary>
      {open && <Moments teams={teams} />}
    </details>
  )
}

function Moments({ teams }: Props) {
  const say = useSay()
  const rows = useDetection().filter(({ team }) => teams.some(({ id }) => id === team))
  const clock = (ms: number | null) => (ms === null ? '–' : say.clock(ms))
  if (rows.length === 0) return <p className="soft">{say('detection.none')}</p>
  return (
    <ScrollRegion className="detection-scroll" label={say('detection.title')}>
      <table>
        <thead>
          <tr>
            {teams.length > 1 && <th scope="col">{say('detection.team')}</th>}
            <th scope="col">{say('detection.attack')}</th>
            <th scope="col">{say('detection.launched')}</th>
            <th scope="col">{say('detection.succeeded')}</th>
            <th scope="col">{say('detection.noticed')}</th>
            <th scope="col">{say('detection.reported')}</th>
            <th scope="col">{say('detection.fixed')}</th>
            <th scope="col">{say('detection.took')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.team}/${row.attack}`}>
              {teams.length > 1 && <td>{nameOf(row.team)}</td>}
              <th scope="row">{say.text(row.title)}</th>
              <td className="num">{clock(row.launchedMs)}</td>
              <td className="num">{clock(row.landedMs)}</td>
              <td className="num">{clock(row.noticedMs)}</td>
              <td className="num">{clock(row.reportedMs)}</td>
              <td className="num">{clock(row.mendedMs)}</td>
              <td className="num">
                {row.tookMs !== null
                  ? say.span(row.tookMs)
                  : row.waitsMs === undefined
                    ? say('detection.not')
                    : say('detection.waits', { time: say.clock(row.waitsMs) })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )

  function nameOf(id: string): string {
    const team = teams.find((one) => one.id === id)
    return team ? say.text(team.name) : id
  }
}
