import { ScrollText, SquareTerminal, Stethoscope, X } from 'lucide-react'
import { Heading } from 'react-aria-components'
import type { AttackView, ExerciseView } from '#exercise/views/views.ts'
import { linkToService } from '../app/route.ts'
import { useExerciseState } from '../feed/use-view.ts'
import { EvidenceBox } from '../kit/evidence.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import type { CellAt } from '../kit/matrix.tsx'
import { BreachMark, StateChip } from '../kit/state-mark.tsx'
import { Told } from '../kit/told.tsx'
import './cell-sheet.css'

/** A service of a team, as its cell tells when it is opened: how it stands and why, whether attackers are inside, and the ways there. */
export function CellSheet({ view, team: id, service: of, close }: CellAt & { readonly view: ExerciseView }) {
  const say = useSay()
  const state = useExerciseState()
  const team = view.teams.find((known) => known.id === id)
  const service = team?.services.find((known) => known.id === of)
  if (!team || !service) return null
  const inside = team.attacks.filter((attack) => attack.service === of && isInside(attack))
  const open = state.teams
    .find((known) => known.id === id)
    ?.terminals.filter((terminal) => terminal.service === of).length
  const { reason } = service
  const links = [
    ['overview', Stethoscope, say('cell.room')],
    ['logs', ScrollText, say('team.tab.logs')],
    ['terminal', SquareTerminal, say('team.tab.terminal')],
  ] as const
  return (
    <div className="cell-about">
      <div className="cell-about-head">
        <Heading slot="title" level={3}>
          <Told name text={team.name} />
          {say.head('')}
          <Told name text={service.title} />
        </Heading>
        <button type="button" className="button" aria-label={say('cell.close')} onClick={close}>
          <X aria-hidden="true" size="1.1em" />
        </button>
      </div>
      <p>
        <StateChip verdict={service.verdict} wording="exact" />{' '}
        <span className="soft num">{say('overview.since', { time: say.clock(service.sinceMs) })}</span>
      </p>
      {service.breached && (
        <p className="cell-about-breach">
          <BreachMark />
          {inside.length === 0
            ? say('matrix.breached')
            : say('cell.inside', {
                time: say.clock(Math.min(...inside.map(({ concludedMs }) => concludedMs ?? view.atMs))),
                attacks: say.list(inside.map(({ title }) => say.text(title))),
              })}
        </p>
      )}
      {service.containerDown && <p>{say('overview.containerDown')}</p>}
      {reason && service.verdict !== 'unknown' ? (
        <div>
          <p>
            {say(service.verdict === 'slow' ? 'overview.whySlow' : 'overview.why', {
              journey: say.text(reason.title),
            })}
          </p>
          {reason.evidence && <EvidenceBox evidence={reason.evidence} />}
        </div>
      ) : (
        service.verdict === 'up' && !service.breached && <p className="soft">{say('cell.calm')}</p>
      )}
      {open !== undefined && open > 0 && <p className="soft">{say('cell.terminals', { count: open })}</p>}
      <ul className="cell-about-links">
        {links.map(([tab, Icon, name]) => (
          <li key={tab}>
            <a className="button" href={linkToService(id, of, tab)}>
              <Icon aria-hidden="true" size="1.1em" />
              {name}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}

const isInside = ({ state, footholdClosedMs }: AttackView) => state === 'landed' && footholdClosedMs === null
