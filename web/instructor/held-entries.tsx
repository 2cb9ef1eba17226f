import type { ExerciseView } from '#exercise/views/views.ts'
import { useSender } from '../feed/use-feed.tsx'
import { ConfirmButton } from '../kit/confirm.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'
import './held-entries.css'

/** Entries of the timeline that wait for the instructor; nothing where the scenario has none. */
export function HeldEntries({ view }: { readonly view: ExerciseView }) {
  const say = useSay()
  const { send, busy, refusal } = useSender()
  if (view.held.length === 0) return null
  return (
    <section className="held-ready" aria-labelledby="held">
      <h3 id="held">{say('held.title')}</h3>
      <p className="soft small">{say('held.hint')}</p>
      <ul className="held">
        {view.held.map(({ kind, id, title, fired }) => (
          <li key={`${kind}/${id}`}>
            <div>
              <b>{say.text(title)}</b>
              {fired.map(({ team, atMs }) => (
                <span key={team ?? ''} className="soft small num">
                  {say('held.fired', { time: say.clock(atMs) })}
                </span>
              ))}
            </div>
            {!fired.some(({ team }) => team === null) && (
              <ConfirmButton
                className=""
                label={say('held.fire')}
                title={say.text(title)}
                text={say('held.ask')}
                yes={say('held.fire')}
                disabled={busy || view.phase !== 'running'}
                onYes={() => void send({ type: 'fire-entry', data: { kind, id, team: null } })}
              />
            )}
          </li>
        ))}
      </ul>
      <RefusalText refusal={refusal} />
    </section>
  )
}
