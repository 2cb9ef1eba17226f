import { CloudLightning, Megaphone } from 'lucide-react'
import type { ExerciseView, WorldView } from '#exercise/views/views.ts'
import { useAtMs, useExerciseState } from '../feed/use-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { Told } from '../kit/told.tsx'
import './control.css'

/** So long a line of exercise control stands on the national picture. Exercise time, ms. */
export const TOLD_MS = 600_000
/** World events that are told one by one. */
const SHOWN = 3

/** On the wall: what happens outside now, whom it concerns, and until when. Nothing where nothing does. */
export function WorldLines({ view }: { readonly view: ExerciseView }) {
  const say = useSay()
  const standing = (view.world ?? []).filter(({ endedMs }) => endedMs === null)
  if (standing.length === 0 || view.phase === 'ended') return null
  const events = [...Map.groupBy(standing, ({ entry }) => entry).values()].slice(-SHOWN)
  return (
    <section className="world-lines" aria-label={say('world.title')}>
      {events.map((all) => (
        <WorldLine key={all[0]?.entry} events={all} view={view} />
      ))}
    </section>
  )
}

function WorldLine({ events, view }: { readonly events: readonly WorldView[]; readonly view: ExerciseView }) {
  const say = useSay()
  const [first] = events
  if (!first) return null
  const teams = events.flatMap(({ team }) => view.teams.find(({ id }) => id === team) ?? [])
  const untilMs = Math.max(...events.map((event) => event.untilMs))
  return (
    <p className="world-line">
      <CloudLightning aria-hidden="true" size="1.3em" />
      <span>
        <b>
          <Told name text={first.title} />
        </b>{' '}
        <Told text={first.publicText} />{' '}
        <span className="soft">
          {teams.length < view.teams.length &&
            `${say('world.teams', { teams: say.list(teams.map(({ name }) => say.text(name))) })} · `}
          <span className="num">{say('world.until', { time: say.clock(untilMs) })}</span> ·{' '}
          {say('world.notCounted')}
        </span>
      </span>
    </p>
  )
}

/** What exercise control tells guests: until the next such line, or ten minutes of exercise time. */
export function ToldLine() {
  const say = useSay()
  const atMs = useAtMs()
  const last = useExerciseState().told.at(-1)
  if (!last || atMs - last.atMs >= TOLD_MS) return null
  return (
    <p className="told-line" role="status">
      <Megaphone aria-hidden="true" size="1.3em" />
      <span>
        <b>{say('told.title')}</b> <span className="soft num">{say.clock(last.atMs)}</span>{' '}
        <span className="control-text">{last.text}</span>
      </span>
    </p>
  )
}
