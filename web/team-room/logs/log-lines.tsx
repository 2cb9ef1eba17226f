import { useExerciseState } from '../../feed/use-view.ts'
import { useSay } from '../../kit/i18n/use-say.ts'
import { OneClock } from '../../kit/one-clock.tsx'
import type { LogLine, useLogs } from './use-logs.ts'
import './logs.css'

interface Shown {
  readonly logs: ReturnType<typeof useLogs>
  readonly empty: string
  /** Of all services: each line says whose it is. */
  readonly services: boolean
}

/** What was found in the logs, newest first, and the way to what is older; or that it has to wait. */
export function LogLines(props: Shown) {
  const say = useSay()
  const { later } = props.logs
  return (
    <>
      <p role="status" className={later ? 'logs-later' : 'hidden'}>
        {later && say(later === 'older' ? 'logs.olderLater' : 'logs.later')}
      </p>
      <Lines {...props} />
    </>
  )
}

function Lines(props: Shown) {
  const say = useSay()
  const collector = useExerciseState().scenario.services.find((one) => one.collector)
  const { found, busy, older } = props.logs
  if (found === null) return <p className="soft">{say('wait')}</p>
  if (found === 'none')
    return (
      <p role="alert">
        {collector ? say('logs.none', { service: say.text(collector.title) }) : say('logs.nobody')}
      </p>
    )
  if (found.lines.length === 0) return <p className="soft">{props.empty}</p>
  return (
    <>
      <table className="logs-lines">
        <caption className="hidden">{say('team.tab.logs')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('logs.at')}</th>
            {props.services && <th scope="col">{say('logs.service')}</th>}
            <th scope="col">{say('logs.line')}</th>
          </tr>
        </thead>
        <tbody>
          {found.lines.map((line) => (
            <tr key={line.id}>
              <td className="soft">
                <When line={line} />
              </td>
              {props.services && <td>{line.service}</td>}
              <td>
                <code lang="en">{line.line}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {found.more ? (
        <button type="button" className="button logs-older" disabled={busy} onClick={() => void older()}>
          {say('logs.older')}
        </button>
      ) : (
        <p className="soft small">{say('logs.begin')}</p>
      )}
    </>
  )
}

/** Exercise time; before the start there is only the time of day. */
function When({ line: { at, atMs } }: { readonly line: LogLine }) {
  const say = useSay()
  if (atMs !== null) return <OneClock atMs={atMs} />
  const wall = Date.parse(at)
  return <span className="num">{Number.isNaN(wall) ? '–' : say.time(wall)}</span>
}
