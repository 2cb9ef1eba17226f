import { useMemo } from 'react'
import { sentMessages } from '#exercise/views/sent-messages.ts'
import { useExerciseState } from '../feed/use-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'

/** What white has written so far, newest first, and who has read it. */
export function SentMessages() {
  const say = useSay()
  const state = useExerciseState()
  const messages = useMemo(() => sentMessages(state), [state])
  const nameOf = (id: string) => {
    const team = state.teams.find((one) => one.id === id)
    return team ? say.text(team.name) : id
  }
  return (
    <section aria-labelledby="sent-messages">
      <h3 id="sent-messages">{say('message.history')}</h3>
      {messages.length === 0 && <p className="soft">{say('message.none')}</p>}
      <ol className="notes">
        {messages.map(({ message, atMs, text, wantsRead, teams, guests }) => (
          <li key={message}>
            <span className="soft num">{say.clock(atMs)}</span> <span className="control-text">{text}</span>
            <ul className="message-reads">
              {teams.map(({ team, readMs }) => (
                <li key={team} className={wantsRead && readMs === null ? 'message-waits' : 'soft'}>
                  {readMs === null
                    ? say('message.unread', { team: nameOf(team) })
                    : say('message.read', { team: nameOf(team), time: say.clock(readMs) })}
                </li>
              ))}
              {guests && <li className="soft">{say('message.toGuests')}</li>}
            </ul>
          </li>
        ))}
      </ol>
    </section>
  )
}
