import { useEffect, useState } from 'react'
import type { TeamView } from '#exercise/views/views.ts'
import { apiPath, useRoute } from '../app/route.ts'
import { tokenFor } from '../feed/seat-tokens.ts'
import { useExerciseState } from '../feed/use-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { SelectOne } from '../kit/select-one.tsx'
import './logs.css'

interface Line {
  readonly id: number
  readonly at: string
  readonly service: string
  readonly line: string
}

type Found = { readonly lines: readonly Line[] } | 'none' | null

const AGAIN_MS = 5_000
/** Typing is over when nothing was typed for so long. */
const TYPED_MS = 400
const LIMIT = 200

/** Search over the logs of all services of the team: words, one service or all, newest first, kept up to date. */
export function LogsTab({
  team,
  first = '',
}: {
  readonly team: TeamView
  readonly first?: string | undefined
}) {
  const say = useSay()
  const [text, setText] = useState('')
  const [service, setService] = useState(team.services.some(({ id }) => id === first) ? first : '')
  const [follow, setFollow] = useState(true)
  const found = useLogs(team.id, useSettled(text, TYPED_MS), service, follow)
  const collector = useExerciseState().scenario.services.find((one) => one.collector)
  const titleOf = (id: string) => {
    const known = team.services.find((one) => one.id === id)
    return known ? say.text(known.title) : id
  }
  return (
    <div className="logs">
      <search className="logs-ask">
        <label className="field">
          {say('logs.words')}
          <input
            type="search"
            maxLength={300}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <SelectOne
          label={say('logs.service')}
          none={say('logs.all')}
          value={service}
          onChange={setService}
          options={team.services.map(({ id }) => [id, titleOf(id)])}
        />
        <label className="logs-follow">
          <input type="checkbox" checked={follow} onChange={(event) => setFollow(event.target.checked)} />
          {say('logs.follow')}
        </label>
      </search>
      {found === 'none' && (
        <p role="alert">
          {collector ? say('logs.none', { service: say.text(collector.title) }) : say('logs.nobody')}
        </p>
      )}
      {found !== null && found !== 'none' && found.lines.length === 0 && (
        <p className="soft">{say('logs.nothing')}</p>
      )}
      {found !== null && found !== 'none' && found.lines.length > 0 && (
        <table className="logs-lines">
          <caption className="hidden">{say('team.tab.logs')}</caption>
          <thead>
            <tr>
              <th scope="col">{say('logs.at')}</th>
              <th scope="col">{say('logs.service')}</th>
              <th scope="col">{say('logs.line')}</th>
            </tr>
          </thead>
          <tbody>
            {found.lines.map((line) => (
              <tr key={line.id}>
                <td className="num soft">{say.time(Date.parse(line.at))}</td>
                <td>{line.service}</td>
                <td>
                  <code lang="en">{line.line}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}

/** The value once it has not changed for a while. */
function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return settled
}

/** Asks the platform, and again every few seconds while it follows. `none`: there is no collector, or it does not answer. */
function useLogs(team: string, text: string, service: string, follow: boolean): Found {
  const token = tokenFor(useRoute())
  const [found, setFound] = useState<Found>(null)
  useEffect(() => {
    const stop = new AbortController()
    const query = new URLSearchParams({ team, q: text, service, limit: String(LIMIT) })
    const ask = () =>
      fetch(apiPath(`logs?${query}`), {
        headers: token ? { authorization: `Bearer ${token}` } : {},
        signal: stop.signal,
      })
        .then(async (reply) => setFound(reply.ok ? ((await reply.json()) as Found) : 'none'))
        .catch(() => {
          if (!stop.signal.aborted) setFound('none')
        })
    void ask()
    const timer = follow ? setInterval(() => void ask(), AGAIN_MS) : undefined
    return () => {
      stop.abort()
      clearInterval(timer)
    }
  }, [team, text, service, follow, token])
  return found
}
