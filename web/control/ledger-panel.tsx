import { memo, useDeferredValue, useMemo, useState } from 'react'
import type { Recorded } from '#exercise/ledger/events.ts'
import { kept } from '#exercise/scoring/kept.ts'
import type { ExerciseView } from '#exercise/views/views.ts'
import { useExerciseState, useLedgerTail } from '../feed/use-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { ScrollRegion } from '../kit/scroll-region.tsx'
import { SelectOne } from '../kit/select-one.tsx'
import './control.css'
import { eventText, kindOf, LEDGER_KINDS } from './event-names.ts'
import { useOlder } from './use-older.ts'
import { useSeen } from './use-seen.ts'

/** Lines at once: what is further down is found by the filters. */
const SHOWN = 200
/** Those that are there with the page; the others follow when all around them stands. */
const FIRST = 30

/** The ledger for white, newest first: by team, kind and words, with names in place of ids, and back to its beginning. */
export function LedgerPanel({ view }: { readonly view: ExerciseView }) {
  const say = useSay()
  const { scenario } = useExerciseState()
  const tail = useSeen(useLedgerTail())
  const older = useOlder()
  const [held, setHeld] = useState<readonly Recorded[] | null>(null)
  const [team, setTeam] = useState('')
  const [kind, setKind] = useState('')
  const [text, setText] = useState('')
  const known = useMemo(() => {
    const latest = held ?? tail
    const first = latest[0]?.position ?? 0
    return [...older.events.filter(({ position }) => position < first), ...latest]
  }, [held, tail, older.events])
  const words = text.trim().toLowerCase()
  const asked = known
    .filter((event) => team === '' || ('team' in event.data && event.data.team === team))
    .filter((event) => kind === '' || kindOf(event.type) === kind)
  const shown = useDeferredValue(SHOWN, FIRST)
  // Putting an event into words takes its time: once for each, and without a search only for those that are shown.
  const said = useMemo(() => new WeakMap<Recorded, string>(), [say, scenario])
  const lines = (words === '' ? asked.slice(-shown) : asked)
    .map((event) => ({ event, what: kept(said, event, () => eventText(say, scenario, view, event)) }))
    .filter(({ event, what }) => words === '' || `${event.type} ${what}`.toLowerCase().includes(words))
    .slice(-shown)
    .reverse()
  const first = known[0]?.position ?? 1
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
      <search className="ledger-ask">
        <SelectOne
          label={say('ledger.filter.team')}
          none={say('ledger.all')}
          value={team}
          onChange={setTeam}
          options={view.teams.map(({ id, name }) => [id, say.text(name)])}
        />
        <SelectOne
          label={say('ledger.filter.kind')}
          none={say('ledger.all')}
          value={kind}
          onChange={setKind}
          options={LEDGER_KINDS.map((one) => [one, say(`ledger.kind.${one}`)])}
        />
        <label className="field">
          {say('ledger.filter.text')}
          <input
            type="search"
            maxLength={200}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
      </search>
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
            {lines.map(({ event, what }) => (
              <Line
                key={event.position}
                position={event.position}
                clock={say.clock(event.at)}
                type={event.type}
                team={teamName(event)}
                what={what}
              />
            ))}
          </tbody>
        </table>
        {lines.length === 0 && <p className="soft">{say('ledger.none')}</p>}
        {older.failed && <p role="alert">{say('ledger.failed')}</p>}
        {first > 1 ? (
          <button type="button" className="button" disabled={older.busy} onClick={() => older.load(first)}>
            {say('ledger.older')}
          </button>
        ) : (
          <p className="soft small">{say('ledger.whole')}</p>
        )}
      </ScrollRegion>
    </section>
  )

  function teamName(event: Recorded): string {
    const id = 'team' in event.data ? event.data.team : null
    const found = view.teams.find((one) => one.id === id)
    return found ? say.text(found.name) : ''
  }
}

interface LineProps {
  readonly position: number
  readonly clock: string
  readonly type: string
  readonly team: string
  readonly what: string
}

/** An event does not change: its line is drawn once. */
const Line = memo(({ position, clock, type, team, what }: LineProps) => (
  <tr>
    <td className="num">{position}</td>
    <td className="num">{clock}</td>
    <td className="ledger-type">{type}</td>
    <td>{team}</td>
    <td className="ledger-text">{what}</td>
  </tr>
))
