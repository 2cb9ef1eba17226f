import type { Ref } from 'react'
import type { CaseStanding } from '#exercise/ledger/case-events.ts'
import { useSender } from '../../feed/use-feed.tsx'
import { useMay } from '../../feed/use-may.ts'
import { actorName } from '../../kit/actor-name.ts'
import { useSay } from '../../kit/i18n/use-say.ts'
import { OneClock } from '../../kit/one-clock.tsx'
import { WorkClaim } from '../../kit/people/work-claim.tsx'
import { RefusalText } from '../../kit/refusal.tsx'
import { CaseState } from './case-list.tsx'
import { caseTitle, serviceName } from './case-title.ts'
import type { DeskOf } from './desk-of.ts'

/** What may come after each state. */
const NEXT: Readonly<Record<CaseStanding, readonly CaseStanding[]>> = {
  open: ['waiting', 'closed'],
  working: ['waiting', 'closed'],
  waiting: ['working', 'closed'],
  closed: ['open'],
}

/** What a case is about, how far it is, and whose it is. */
export function CaseHead(props: DeskOf & { readonly heading: Ref<HTMLHeadingElement> }) {
  const say = useSay()
  const { team, view, one, heading } = props
  const may = useMay('set-case-state', team.id) && view.phase !== 'ended'
  const { send, busy, refusal } = useSender()
  // Of work in hand it is said below whose it is.
  const setBy = one.state === 'working' && one.owner ? null : one.stateBy
  const by = setBy && say('case.setBy', { name: actorName(say, setBy), time: say.clock(one.stateMs) })
  return (
    <header className="desk-head">
      <h2 ref={heading} tabIndex={-1}>
        <span className="soft num">{one.case}</span> {caseTitle(say, team, one)}
      </h2>
      <p className="desk-facts">
        <CaseState one={one} />
        {by && <span className="soft">{by}</span>}
        {one.confirmedMs !== null && one.state === 'closed' && (
          <span>{say('case.confirmed', { time: say.clock(one.confirmedMs) })}</span>
        )}
        {one.again > 0 && <span>{say('case.again', { count: one.again })}</span>}
        {one.service !== null && one.about.kind !== 'alert' && (
          <span className="soft">{serviceName(say, team, one.service)}</span>
        )}
        <OneClock atMs={one.sinceMs} says={(time) => say('case.since', { time })} />
      </p>
      <div className="desk-acts">
        <WorkClaim team={team.id} kind="case" id={one.case} done={one.state === 'closed'} />
        {may &&
          NEXT[one.state].map((state) => (
            <button
              key={state}
              type="button"
              className="button"
              disabled={busy}
              onClick={() =>
                void send({
                  type: 'set-case-state',
                  data: { team: team.id, case: one.case, state, seen: one.turn },
                })
              }
            >
              {say(`case.set.${state}`)}
            </button>
          ))}
      </div>
      <RefusalText refusal={refusal} />
    </header>
  )
}
