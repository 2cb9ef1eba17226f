import { useId, useState } from 'react'
import { clockText } from '#exercise/scenario/clock-text.ts'
import type { TeamView } from '#exercise/views/views.ts'
import { useAtMs, useExerciseState } from '../../feed/use-view.ts'
import { useSay } from '../../kit/i18n/use-say.ts'
import { SelectOne } from '../../kit/select-one.tsx'
import { LogLines } from './log-lines.tsx'
import { askedOf, HEARD, hasSensor, placeOf, SENSOR } from './log-place.ts'
import { RANGES, type RangeAsked, REACHES, spanOf } from './log-range.ts'
import { useLogs } from './use-logs.ts'
import { useSettled } from './use-settled.ts'
import './logs.css'

/** Typing is over when nothing was typed for so long. */
const TYPED_MS = 400
/** Longest text that is looked for; a mark of a kind goes before it. */
const WORDS = 290

/** Search over the logs of all services of the team and of the network's sensor: words, from where, a range of exercise time, newest first, kept up to date. */
export function LogsTab({
  team,
  first = '',
}: {
  readonly team: TeamView
  readonly first?: string | undefined
}) {
  const say = useSay()
  const atMs = useAtMs()
  const [text, setText] = useState('')
  const [place, setPlace] = useState(team.services.some(({ id }) => id === first) ? first : '')
  const [follow, setFollow] = useState(true)
  const [range, setRange] = useState<RangeAsked>({ kind: 'all', moment: '', reachS: 10 })
  const asked = useSettled(range, TYPED_MS)
  // What is no moment yet is not asked for: all lines stand until it is one.
  const span = () => spanOf(asked, atMs) ?? { fromMs: null, toMs: null }
  const logs = useLogs({
    team: team.id,
    ...askedOf(place, useSettled(text, TYPED_MS)),
    range: span,
    rangeKey: JSON.stringify(asked),
    follow,
  })
  const sensor = hasSensor(useExerciseState().scenario.services)
  const searched = text.trim() !== '' || range.kind === 'all'
  return (
    <div className="logs">
      <search className="logs-ask">
        <label className="field">
          {say('logs.words')}
          <input
            type="search"
            maxLength={WORDS}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <SelectOne
          label={say('logs.service')}
          none={say('logs.all')}
          value={place}
          onChange={setPlace}
          options={[
            ...team.services.map(({ id, title }) => [id, say.text(title)] as const),
            ...(sensor ? [[SENSOR, say('logs.sensor')] as const] : []),
            ...(sensor ? HEARD.map((kind) => [placeOf(kind), say(`logs.sensor.${kind}`)] as const) : []),
          ]}
        />
        <label className="field">
          {say('logs.range')}
          <select
            value={range.kind}
            onChange={(event) => {
              const kind = RANGES.find((one) => one === event.target.value) ?? 'all'
              setRange({ ...range, kind, moment: range.moment || clockText(atMs) })
            }}
          >
            {RANGES.map((one) => (
              <option key={one} value={one}>
                {say(`logs.range.${one}`)}
              </option>
            ))}
          </select>
        </label>
        {range.kind === 'around' && <Around range={range} onChange={setRange} />}
        <label className="logs-follow">
          <input type="checkbox" checked={follow} onChange={(event) => setFollow(event.target.checked)} />
          {say('logs.follow')}
        </label>
      </search>
      {place.startsWith(SENSOR) && <p className="soft small">{say('logs.sensor.note')}</p>}
      <LogLines logs={logs} services={place === ''} empty={say(searched ? 'logs.nothing' : 'logs.empty')} />
    </div>
  )
}

function Around(props: { readonly range: RangeAsked; readonly onChange: (range: RangeAsked) => void }) {
  const say = useSay()
  const note = useId()
  const { range, onChange } = props
  const bad = spanOf(range, 0) === null
  return (
    <>
      <label className="field logs-moment">
        {say('logs.moment')}
        <input
          value={range.moment}
          maxLength={10}
          aria-invalid={bad}
          aria-describedby={bad ? note : undefined}
          onChange={(event) => onChange({ ...range, moment: event.target.value })}
        />
      </label>
      <Reach value={range.reachS} onChange={(reachS) => onChange({ ...range, reachS })} />
      {bad && (
        <p id={note} className="refusal">
          {say('logs.momentBad')}
        </p>
      )}
    </>
  )
}

/** How far before and after a moment. */
export function Reach(props: { readonly value: number; readonly onChange: (seconds: number) => void }) {
  const say = useSay()
  return (
    <label className="field">
      {say('logs.reach')}
      <select value={props.value} onChange={(event) => props.onChange(Number(event.target.value))}>
        {REACHES.map((seconds) => (
          <option key={seconds} value={seconds}>
            {say.span(seconds * 1000)}
          </option>
        ))}
      </select>
    </label>
  )
}
