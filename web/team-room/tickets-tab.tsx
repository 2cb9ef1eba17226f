import { useState } from 'react'
import type { TeamView, TicketView } from '#exercise/views/views.ts'
import { useSender } from '../feed/use-feed.tsx'
import { useMay } from '../feed/use-may.ts'
import { useAtMs } from '../feed/use-view.ts'
import { EvidenceBox } from '../kit/evidence.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { roundedMs } from '../kit/left-text.ts'
import { ByName } from '../kit/people/by-name.tsx'
import { WorkClaim } from '../kit/people/work-claim.tsx'
import { RefusalText } from '../kit/refusal.tsx'
import './tickets.css'
import { Told } from '../kit/told.tsx'

/** What citizens run into and write about: open complaints first, each with what was tried, and a field to answer. */
export function TicketsTab({ team, over }: { readonly team: TeamView; readonly over: boolean }) {
  const say = useSay()
  const open = team.tickets.filter(({ closedMs }) => closedMs === null)
  const past = team.tickets.filter(({ closedMs }) => closedMs !== null)
  return (
    <div className="tickets">
      <p className="soft">{say('tickets.intro')}</p>
      <h2>{open.length === 0 ? say('tickets.none') : say('tickets.open', { count: open.length })}</h2>
      <ol>
        {open.map((ticket) => (
          <Ticket key={ticket.ticket} team={team} ticket={ticket} over={over} />
        ))}
      </ol>
      {past.length > 0 && (
        <>
          <h2>{say('tickets.past')}</h2>
          <ol>
            {past.map((ticket) => (
              <Ticket key={ticket.ticket} team={team} ticket={ticket} over />
            ))}
          </ol>
        </>
      )}
    </div>
  )
}

function Ticket(props: {
  readonly team: TeamView
  readonly ticket: TicketView
  /** Nothing can be answered any more. */
  readonly over: boolean
}) {
  const { team, ticket } = props
  const say = useSay()
  const may = useMay('answer-ticket', team.id)
  const service = team.services.find(({ id }) => id === ticket.service)
  return (
    <li className={`ticket ${ticket.closedMs === null ? 'ticket-open' : ''}`}>
      <p className="ticket-facts">
        <b>{ticket.ticket}</b>
        <span>
          {say('tickets.who', {
            name: say.text(ticket.persona.name),
            age: ticket.persona.age,
            device: say.text(ticket.persona.device),
          })}
        </span>
      </p>
      <p className="ticket-said">{say('tickets.wanted', { title: say.text(ticket.title) })}</p>
      <p className="ticket-facts">
        {service && (
          <span className="soft">
            <Told name text={service.title} />
          </span>
        )}
        <span className="soft num">{say('tickets.since', { time: say.clock(ticket.openedMs) })}</span>
        <Costs team={team} ticket={ticket} over={props.over} />
      </p>
      {ticket.closedMs === null && <WorkClaim team={team.id} kind="ticket" id={ticket.ticket} />}
      {ticket.answeredMs !== null && (
        <p>
          {say('tickets.answered', { time: say.clock(ticket.answeredMs), text: ticket.answer })}
          <ByName name={ticket.by} />
        </p>
      )}
      {ticket.evidence && (
        <details>
          <summary>{say('tickets.tried')}</summary>
          <EvidenceBox evidence={ticket.evidence} />
        </details>
      )}
      {may && !props.over && ticket.answeredMs === null && <Answer team={team.id} ticket={ticket.ticket} />}
    </li>
  )
}

/** Whether it costs points already, will, or is over. */
function Costs(props: { readonly team: TeamView; readonly ticket: TicketView; readonly over: boolean }) {
  const { team, ticket, over } = props
  const say = useSay()
  const atMs = useAtMs()
  if (ticket.closedMs !== null)
    return <span className="soft num">{say('tickets.mended', { time: say.clock(ticket.closedMs) })}</span>
  if (ticket.overdueMs === null || over) return null
  const down = team.services.find(({ id }) => id === ticket.costsBy)
  if (down)
    return <span className="ticket-costs">{say('tickets.down', { service: say.text(down.title) })}</span>
  const left = ticket.overdueMs - atMs
  const costs = left <= 0
  return (
    <span className={costs ? 'ticket-costs num' : 'num'}>
      {say(costs ? 'tickets.overdue' : 'tickets.due', {
        span: say.span(Math.max(1000, roundedMs(left))),
        time: say.clock(ticket.overdueMs),
      })}
    </span>
  )
}

function Answer({ team, ticket }: { readonly team: string; readonly ticket: string }) {
  const say = useSay()
  const { send, busy, refusal } = useSender()
  const [text, setText] = useState('')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void send({ type: 'answer-ticket', data: { team, ticket, text } })
      }}
    >
      <label className="field">
        {say('tickets.answer')}
        <input maxLength={1000} required value={text} onChange={(event) => setText(event.target.value)} />
      </label>
      <button type="submit" className="button" disabled={busy || text.trim() === ''}>
        {say('tickets.send')}
      </button>
      <RefusalText refusal={refusal} />
    </form>
  )
}
