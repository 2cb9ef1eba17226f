import { useId, useState } from 'react'
import type { Refusal } from '#exercise/decide/commands.ts'
import type { ScenarioCard } from '#exercise/wire/shelf.ts'
import { PageText } from '../briefing/page-text.tsx'
import '../briefing/briefing.css'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'
import { type Given, Lineup } from './lineup.tsx'
import { NameField } from './name-form.tsx'
import { openExercise } from './operator-api.ts'

const SPEEDS = [0.5, 1, 2, 4, 8]
const STARTS = ['hand', 'ready', 'planned'] as const
type Starts = (typeof STARTS)[number]
const MIB_OF_GIB = 1024

/** A scenario, what it takes, and the way to an exercise of it. */
export function Scenario({ card, onOpened }: { readonly card: ScenarioCard; readonly onOpened: () => void }) {
  const say = useSay()
  const all = card.teams.length
  const [teams, setTeams] = useState(() => Math.max(1, Math.min(all, card.carries ?? all)))
  const [speed, setSpeed] = useState(1)
  const [starts, setStarts] = useState<Starts>('hand')
  const [planned, setPlanned] = useState('')
  const [name, setName] = useState('')
  const [given, setGiven] = useState<Given>(new Map())
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const title = useId()
  const playing = card.teams.slice(0, teams)
  const start = async (insist: boolean) => {
    setBusy(true)
    const { folder, packs } = card
    const answer = await openExercise({
      ...{ folder, packs, teams, speed, insist },
      lineup: playing.flatMap(({ id }) => {
        const entry = given.get(id)
        if (!entry) return []
        const name = entry.name?.trim()
        return [{ team: id, ...(entry.pilot && { pilot: entry.pilot }), ...(name && { name }) }]
      }),
      ...(name.trim() !== '' && { name }),
      autostart: starts === 'ready',
      ...(starts === 'planned' && { startsWall: new Date(planned).getTime() }),
    })
    setBusy(false)
    setRefusal(answer.ok ? null : answer.refusal)
    if (!answer.ok) return
    setName('')
    onOpened()
  }
  return (
    <li className="card home-scenario">
      <h3 id={title}>{say.text(card.title)}</h3>
      <p>{say.text(card.summary)}</p>
      <p className="soft">
        {say('home.facts', {
          span: say.span(card.durationMs),
          services: card.services,
          attacks: card.attacks,
          messages: card.messages,
          teams: all,
        })}
      </p>
      <p className="soft">
        {say('home.needs', {
          containers: card.containers,
          memory: `${say.number(card.memoryMiB / MIB_OF_GIB, 1)} GiB`,
        })}{' '}
        {card.carries !== null && <b>{say('home.carries', { count: card.carries })}</b>}
      </p>
      {card.briefing && (
        <details className="home-briefing">
          <summary>{say('briefing.title')}</summary>
          <PageText written={card.briefing.texts} pages={card.briefing} />
        </details>
      )}
      <form
        aria-labelledby={title}
        onSubmit={(event) => {
          event.preventDefault()
          void start(false)
        }}
      >
        <NameField placeholder={say.text(card.title)} value={name} onValue={setName} />
        <label className="field">
          {say('home.teams')}
          <input
            type="number"
            min={1}
            max={all}
            value={teams}
            onChange={({ target }) => setTeams(Math.min(all, Math.max(1, Number(target.value))))}
          />
        </label>
        <label className="field">
          {say('home.speed')}
          <select value={speed} onChange={({ target }) => setSpeed(Number(target.value))}>
            {SPEEDS.map((one) => (
              <option key={one} value={one}>
                {say('transport.times', { n: one })}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          {say('home.starts')}
          <select
            value={starts}
            onChange={({ target }) => setStarts(STARTS.find((one) => one === target.value) ?? 'hand')}
          >
            {STARTS.map((one) => (
              <option key={one} value={one}>
                {say(`home.starts.${one}`)}
              </option>
            ))}
          </select>
        </label>
        {starts === 'planned' && (
          <label className="field">
            {say('begins.at')}
            <input
              type="datetime-local"
              required
              value={planned}
              onChange={({ target }) => setPlanned(target.value)}
            />
          </label>
        )}
        <Lineup teams={playing} given={given} onGiven={setGiven} />
        <button type="submit" className="button primary" disabled={busy}>
          {say('home.start')}
        </button>
      </form>
      {busy && <p role="status">{say('home.starting')}</p>}
      <RefusalText refusal={refusal} />
      {refusal?.code === 'no-room' && (
        <button type="button" className="button" disabled={busy} onClick={() => void start(true)}>
          {say('home.insist')}
        </button>
      )}
    </li>
  )
}
