import { SOON_MS } from '#exercise/views/inbox-view.ts'
import type { Due } from '#exercise/views/own-story/due.ts'
import type { TeamView } from '#exercise/views/views.ts'
import { useAtMs, useDue } from '../feed/use-view.ts'
import { type Say, useSay } from '../kit/i18n/use-say.ts'
import { leftText } from '../kit/left-text.ts'
import { serviceName } from './moment-text.ts'

const SHOWN = 8

/** What is due next for the team, with the time left in words. Nothing once there is nothing. */
export function DueList({ team }: { readonly team: TeamView }) {
  const say = useSay()
  const atMs = useAtMs()
  const due = useDue(team.id)
  if (due.length === 0) return null
  return (
    <section className="due" aria-labelledby="due-next">
      <h2 id="due-next">{say('moment.due')}</h2>
      <ol>
        {due.slice(0, SHOWN).map((one) => {
          const left = one.atMs - atMs
          // What comes by itself is nobody's fault, however near it is.
          const wanted =
            one.kind === 'message' || one.kind === 'citizen' || one.kind === 'fix' || one.kind === 'report'
          const how = !wanted ? 'open' : left < 0 ? 'overdue' : left <= SOON_MS ? 'soon' : 'open'
          return (
            <li key={one.id}>
              <span className={`left-${how} num`}>{leftText(say, left)}</span>{' '}
              <span className="soft num">{say.clock(one.atMs)}</span> <span>{dueText(say, team, one)}</span>
            </li>
          )
        })}
      </ol>
    </section>
  )
}

const dueText = (say: Say, team: TeamView, { kind, title, service, atMs }: Due): string =>
  say(`moment.due.${kind}`, {
    title: title ? say.text(title) : '',
    service: serviceName(say, team, service),
    time: say.clock(atMs),
  })
