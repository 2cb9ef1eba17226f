import { Eye } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { TerminalState } from '#exercise/fold/team-acts.ts'
import type { ExerciseView } from '#exercise/views/views.ts'
import { useAudience, useFeedState } from '../feed/use-feed.tsx'
import { useExerciseState } from '../feed/use-view.ts'
import { actorName } from '../kit/actor-name.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { FollowedBy } from './followed-by.tsx'
import './follow.css'

const RecordedTerminal = lazy(async () => ({
  default: (await import('./recorded-terminal.tsx')).RecordedTerminal,
}))
const FollowSheet = lazy(async () => ({ default: (await import('./follow-sheet.tsx')).FollowSheet }))

/** Which terminals of teams are open, by whom and since when, each to be followed: of all teams, or of one service. For instructors alone: colleagues have a list of their own. */
export function OpenTerminals({
  view,
  only,
}: {
  readonly view: ExerciseView
  readonly only?: { readonly team: string; readonly service: string }
}) {
  const say = useSay()
  const state = useExerciseState()
  const { seat } = useAudience()
  const replay = useFeedState((feed) => feed.replay)
  const [followed, setFollowed] = useState<Row | null>(null)
  if (seat !== 'white') return null
  const rows = state.teams.flatMap(({ id, terminals }) =>
    terminals
      .filter(({ service }) => !only || (id === only.team && service === only.service))
      .map((open): Row => {
        const team = view.teams.find((one) => one.id === id)
        const service = team?.services.find((one) => one.id === open.service)
        return {
          open,
          team: id,
          teamName: team ? say.text(team.name) : id,
          serviceName: service ? say.text(service.title) : open.service,
          who: actorName(say, open.by),
        }
      }),
  )
  const watched = rows.find(({ open }) => open.terminal === followed?.open.terminal)
  return (
    <>
      {rows.length === 0 && <p className="soft">{say(only ? 'follow.noneHere' : 'follow.none')}</p>}
      <ul className="open-terminals">
        {rows.map((row) => (
          <li key={row.open.terminal}>
            <div>
              {!only && <b>{say('people.at', { place: row.teamName, what: row.serviceName })}</b>}
              <span className="num">
                {say(row.open.via === 'ssh' ? 'follow.openedSsh' : 'follow.opened', {
                  who: row.who,
                  time: say.clock(row.open.sinceMs),
                })}
              </span>
              {row.open.followers.length > 0 && <FollowedBy followers={row.open.followers} />}
            </div>
            {replay && (
              <button
                type="button"
                className="button"
                aria-pressed={followed?.open.terminal === row.open.terminal}
                aria-label={say('cast.watchOf', {
                  team: row.teamName,
                  service: row.serviceName,
                  who: row.who,
                })}
                onClick={() => setFollowed(followed?.open.terminal === row.open.terminal ? null : row)}
              >
                <Eye aria-hidden="true" size="1.1em" />
                {say('cast.watch')}
              </button>
            )}
            {!replay && row.open.by?.kind === 'seat' && row.open.via === undefined && (
              <button
                type="button"
                className="button"
                aria-label={say('follow.followOf', {
                  team: row.teamName,
                  service: row.serviceName,
                  who: row.who,
                })}
                onClick={() => setFollowed(row)}
              >
                <Eye aria-hidden="true" size="1.1em" />
                {say('follow.follow')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {/* Not in a sheet over the page: what moves the replay stays at hand. */}
      {replay && watched && (
        <Suspense fallback={null}>
          <RecordedTerminal
            key={watched.open.terminal}
            open={watched.open}
            service={say('people.at', { place: watched.teamName, what: watched.serviceName })}
          />
        </Suspense>
      )}
      {followed && !replay && (
        <Suspense fallback={null}>
          <FollowSheet
            key={followed.open.terminal}
            team={followed.team}
            terminal={followed.open.terminal}
            title={say('follow.of', { team: followed.teamName, service: followed.serviceName })}
            who={say('follow.opened', { who: followed.who, time: say.clock(followed.open.sinceMs) })}
            onClose={() => setFollowed(null)}
          />
        </Suspense>
      )}
    </>
  )
}

interface Row {
  readonly open: TerminalState
  readonly team: string
  readonly teamName: string
  readonly serviceName: string
  readonly who: string
}
