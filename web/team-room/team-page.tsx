import { ArrowLeft } from 'lucide-react'
import { useRef } from 'react'
import { unusable } from '#exercise/fold/verdicts.ts'
import type { Phase } from '#exercise/scenario/model.ts'
import type { ExerciseView, TeamView } from '#exercise/views/views.ts'
import { linkTo, useRoute } from '../app/route.ts'
import { Shell } from '../app/shell.tsx'
import { useAudience } from '../feed/use-feed.tsx'
import { useWhere } from '../feed/use-here.ts'
import { useExercise, useInbox } from '../feed/use-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { useAhead } from '../kit/later-part.tsx'
import { LiveRegion } from '../kit/live-region.tsx'
import { LastHandover } from '../kit/people/handover.tsx'
import { AlertBell } from './alerts/alert-bell.tsx'
import { useAlerts } from './alerts/use-alerts.ts'
import { Attacks } from './attacks.tsx'
import type { CaseWays } from './cases/case-ways.ts'
import { useUnreadCases } from './cases/unread.ts'
import { Hints } from './hints.tsx'
import { RoomKeys } from './keys/room-keys.tsx'
import { useCaseKeys } from './keys/use-case-keys.ts'
import { ROOM_TABS } from './later-tabs.ts'
import { mostUrgent } from './most-urgent.ts'
import { usePlace } from './place.ts'
import { RoomBanner } from './room-banner.tsx'
import { RoomTabs } from './room-tabs.tsx'
import { ServiceList } from './service-list.tsx'
import { TeamScore } from './team-score.tsx'
import { Tutor } from './tutor.tsx'
import './team-room.css'
import './wide-tools.css'

/**
 * A blue team's room: what it defends, why it stands as it does, and a terminal to do something about it. The instructor may look into every one, and do
 * there what the seat may.
 */
export function TeamPage({ team: id }: { readonly team: string }) {
  const say = useSay()
  const view = useExercise()
  const audience = useAudience()
  const team = view.teams.find((known) => known.id === id)
  const { scene } = useRoute()
  const mine = audience.seat === 'white' || (audience.seat === 'blue' && audience.team === id)
  if (!team || !mine) {
    return (
      <Shell title={say('team.title')} className="team">
        <p>{say(scene === 'instructor' ? 'white.noSeat' : 'team.noSeat')}</p>
      </Shell>
    )
  }
  return <Room team={team} view={view} />
}

const BEGUN: readonly Phase[] = ['running', 'paused', 'ended']

function Room({ team, view }: { readonly team: TeamView; readonly view: ExerciseView }) {
  const say = useSay()
  const { scene } = useRoute()
  const [place, go] = usePlace(team.id, BEGUN.includes(view.phase))
  const tabs = useRef<HTMLDivElement>(null)
  const service = team.services.find((known) => known.id === place.service) ?? mostUrgent(team.services)
  useWhere(place.tab, service?.id)
  useAlerts(team)
  useAhead(ROOM_TABS)
  const unread = useUnreadCases(team.id)
  const ways: CaseWays = {
    onCase: (one) =>
      go({ tab: 'cases', case: one?.case, ...(one?.service != null && { service: one.service }) }),
    onReport: (report) => go({ tab: 'reports', report }),
  }
  const onAct = useCaseKeys(team, place.tab === 'cases' ? (place.case ?? null) : null, ways)
  if (!service) return null
  // What wants an answer, and what nobody has read: a word from exercise control must not wait unseen.
  const waiting = useInbox(team.id).filter(
    ({ standing, readMs }) =>
      standing === 'open' || standing === 'overdue' || (standing === 'notice' && readMs === null),
  )
  const down = team.services.filter((one) => unusable(one.verdict))
  return (
    <Shell
      title={say('team.of', { team: say.text(team.name) })}
      className="team"
      alerts={unread.length}
      tools={
        scene === 'instructor' && (
          <a className="button" href={linkTo('instructor')}>
            <ArrowLeft aria-hidden="true" size="1.1em" />
            {say('white.title')}
          </a>
        )
      }
      aside={<TeamScore team={team} view={view} />}
    >
      <div className="room">
        <RoomBanner
          team={team}
          view={view}
          waiting={place.tab === 'inbox' ? null : waiting}
          onGo={(tab) => {
            go({ tab })
            if (matchMedia('(max-width: 74.99rem)').matches) tabs.current?.scrollIntoView()
          }}
        />
        <ServiceList
          team={team.id}
          services={team.services}
          chosen={service.id}
          onChoose={(id) => go({ service: id })}
        >
          {/* Not among the tabs: those draw what is in them twice. */}
          <AlertBell team={team} onCase={ways.onCase} />
          <RoomKeys onAct={onAct} />
        </ServiceList>
        <RoomTabs
          {...{ team, view, service, place, go, ways }}
          unread={unread.length}
          waiting={waiting.length}
          box={tabs}
        />
        <div className="room-side">
          {/* What needs somebody first. */}
          <Attacks team={team} onCase={ways.onCase} />
          <Tutor team={team} />
          <LastHandover team={team.id} />
          <Hints team={team} service={service} over={view.phase === 'ended'} />
        </div>
      </div>
      <LiveRegion
        summary={
          down.length > 0
            ? say('team.summary.down', { services: say.list(down.map((one) => say.text(one.title))) })
            : team.services.some(({ verdict }) => verdict === 'unknown')
              ? ''
              : say('team.summary.up')
        }
      />
    </Shell>
  )
}
