import { useState } from 'react'
import type { Recorded } from '#exercise/ledger/events.ts'
import type { ExerciseView } from '#exercise/views/views.ts'
import { useLedgerTail } from '../feed/use-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { ScrollRegion } from '../kit/scroll-region.tsx'
import { subjectOf } from './event-text.ts'

const SHOWN = 60

/** The latest facts as they stand in the ledger, newest first: type, moment, and the data that names what it is about. */
export function LedgerTail({ view }: { readonly view: ExerciseView }) {
  const say = useSay()
  const tail = useLedgerTail()
  const [held, setHeld] = useState<readonly Recorded[] | null>(null)
  const shown = (held ?? tail).slice(-SHOWN).reverse()
  return (
    <section className="ledger card" aria-labelledby="ledger">
      <div className="series-head">
        <h2 id="ledger">{say('ledger.title')}</h2>
        <button
          type="button"
          className="button"
          aria-pressed={held !== null}
          onClick={() => setHeld(held ? null : tail)}
        >
          {say(held ? 'ledger.goOn' : 'ledger.hold')}
        </button>
      </div>
      <ScrollRegion className="ledger-scroll" label={say('ledger.title')}>
        <table>
          <thead>
            <tr>
              <th scope="col">#</th>
              <th scope="col">{say('ledger.time')}</th>
              <th scope="col">{say('ledger.event')}</th>
              <th scope="col">{say('standings.team')}</th>
              <th scope="col">{say('ledger.what')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((event) => (
              <tr key={event.position}>
                <td className="num">{event.position}</td>
                <td className="num">{say.clock(event.at)}</td>
                <td className="ledger-type">{event.type}</td>
                <td>{teamName(event)}</td>
                <td className="ledger-data">{subjectOf(event)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  )

  function teamName(event: Recorded): string {
    const id = 'team' in event.data ? event.data.team : null
    const team = view.teams.find((known) => known.id === id)
    return team ? say.text(team.name) : ''
  }
}
