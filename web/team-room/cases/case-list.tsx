import { Bug, type LucideIcon, MessageSquareWarning, NotebookPen, TriangleAlert } from 'lucide-react'
import type { CaseView } from '#exercise/views/case-views.ts'
import type { TeamView } from '#exercise/views/views.ts'
import { actorName } from '../../kit/actor-name.ts'
import { useSay } from '../../kit/i18n/use-say.ts'
import { OneClock } from '../../kit/one-clock.tsx'
import { caseTitle, serviceName } from './case-title.ts'

const ICONS: Readonly<Record<CaseView['about']['kind'], LucideIcon>> = {
  attack: Bug,
  ticket: MessageSquareWarning,
  alert: TriangleAlert,
  hand: NotebookPen,
}

/** Cases in their order, each with what it is about, since when, how far it is and whose it is. */
export function CaseList(props: {
  readonly team: TeamView
  readonly cases: readonly CaseView[]
  readonly unread: ReadonlySet<string>
  readonly label: string
  readonly onOpen: (one: CaseView) => void
}) {
  return (
    <ul className="case-list" aria-label={props.label}>
      {props.cases.map((one) => (
        <li key={one.case}>
          <button type="button" className="case-item" onClick={() => props.onOpen(one)}>
            <Summary team={props.team} one={one} unread={props.unread.has(one.case)} />
          </button>
        </li>
      ))}
    </ul>
  )
}

function Summary(props: { readonly team: TeamView; readonly one: CaseView; readonly unread: boolean }) {
  const say = useSay()
  const { team, one, unread } = props
  const Icon = ICONS[one.about.kind]
  const service = one.about.kind === 'alert' ? null : serviceName(say, team, one.service)
  return (
    <>
      <Icon aria-hidden="true" size="1.3em" className={`case-icon case-icon-${one.about.kind}`} />
      <span className="case-what">
        <b>
          <span className="soft num">{one.case}</span> {caseTitle(say, team, one)}
        </b>
        <span className="small">
          {service !== null && `${service} · `}
          <OneClock atMs={one.sinceMs} />
          {one.again > 0 && ` · ${say('case.again', { count: one.again })}`}
        </span>
      </span>
      <span className="case-how">
        {unread && <b className="case-new">{say('case.unread')}</b>}
        <CaseState one={one} />
        {one.owner && (
          <span className="small">
            <bdi>{actorName(say, one.owner)}</bdi>
          </span>
        )}
      </span>
    </>
  )
}

/** How far a case is, in a word with its own frame. */
export function CaseState({ one }: { readonly one: Pick<CaseView, 'state'> }) {
  const say = useSay()
  return <span className={`case-state case-state-${one.state}`}>{say(`case.state.${one.state}`)}</span>
}
