import { useState } from 'react'
import { OBSERVATION_LENGTH } from '#exercise/decide/decide-observation.ts'
import { OBSERVATION_KINDS, type ObservationField } from '#exercise/ledger/observation-events.ts'
import type { Names } from '#exercise/views/report/document.ts'
import type { PlanLine } from '#exercise/views/report/plan.ts'
import { useSender } from '../../feed/use-feed.tsx'
import { actorName } from '../../kit/actor-name.ts'
import { ConfirmButton } from '../../kit/confirm.tsx'
import { type Say, useSay } from '../../kit/i18n/use-say.ts'
import { RefusalText } from '../../kit/refusal.tsx'
import { Evidence } from './evidence.tsx'

/** A line of the plan. What is written in a field is sent when one leaves it; Escape takes back what was not. */
export function PlanRow(props: {
  readonly line: PlanLine
  readonly names: Names
  readonly readOnly: boolean
}) {
  const { line, names, readOnly } = props
  const say = useSay()
  const { send, refusal } = useSender()
  const { observation } = line
  const change = (field: ObservationField) => (value: string) =>
    send({ type: 'change-observation', data: { observation, field, value } })
  const cell = (field: 'text' | 'recommendation' | 'owner' | 'due') => (
    <td data-label={say(`plan.${field}`)}>
      {readOnly ? (
        <span className="written">{line[field] || '–'}</span>
      ) : (
        <InPlace
          field={field}
          value={line[field]}
          label={say('plan.of', { field: say(`plan.${field}`), text: start(line.text) })}
          onChange={change(field)}
        />
      )}
    </td>
  )
  return (
    <tr className={`plan-${line.kind}`}>
      <td data-label={say('plan.kind')}>
        {readOnly ? (
          say(`plan.kind.${line.kind}`)
        ) : (
          <select
            aria-label={say('plan.of', { field: say('plan.kind'), text: start(line.text) })}
            value={line.kind}
            onChange={(event) => void change('kind')(event.target.value)}
          >
            {OBSERVATION_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {say(`plan.kind.${kind}`)}
              </option>
            ))}
          </select>
        )}
      </td>
      {cell('text')}
      {cell('recommendation')}
      {cell('owner')}
      {cell('due')}
      <td data-label={say('plan.evidence')}>
        <div className="plan-side">
          <Evidence evidence={line.evidence} names={names} />
          <History line={line} say={say} />
          {!readOnly && (
            <ConfirmButton
              className="quiet"
              label={say('plan.withdraw')}
              title={say('plan.withdraw')}
              text={say('plan.withdrawAsk', { text: start(line.text) })}
              yes={say('plan.withdraw')}
              onYes={() => void send({ type: 'withdraw-observation', data: { observation } })}
            />
          )}
          <RefusalText refusal={refusal} />
        </div>
      </td>
    </tr>
  )
}

const SHORT = 60
const start = (text: string): string => (text.length > SHORT ? `${text.slice(0, SHORT)}…` : text)

function InPlace(props: {
  readonly field: 'text' | 'recommendation' | 'owner' | 'due'
  readonly value: string
  readonly label: string
  readonly onChange: (value: string) => Promise<boolean>
}) {
  const { field, value, label, onChange } = props
  // Null: nothing is being written, and what the plan says is shown.
  const [written, setWritten] = useState<string | null>(null)
  const leave = () => {
    if (written === null) return
    // What was refused stays to be put right.
    if (written.trim() === value) setWritten(null)
    else void onChange(written).then((ok) => ok && setWritten(null))
  }
  const shared = {
    'aria-label': label,
    value: written ?? value,
    onChange: (event: { readonly target: { readonly value: string } }) => setWritten(event.target.value),
    onBlur: (event: { readonly target: HTMLInputElement | HTMLTextAreaElement }) => {
      // Half a date says nothing: what stood there stays.
      if (event.target.validity.badInput) setWritten(null)
      else leave()
    },
  }
  if (field === 'text' || field === 'recommendation')
    return (
      <textarea
        {...shared}
        rows={3}
        maxLength={OBSERVATION_LENGTH[field]}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setWritten(null)
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) leave()
        }}
      />
    )
  return (
    <input
      {...shared}
      {...(field === 'due'
        ? { type: 'date', min: '2000-01-01', max: '2999-12-31' }
        : { list: 'plan-owners', maxLength: OBSERVATION_LENGTH.owner })}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setWritten(null)
        if (event.key === 'Enter') leave()
      }}
    />
  )
}

/** Who recorded it, and what was written in it since. */
function History({ line, say }: { readonly line: PlanLine; readonly say: Say }) {
  const recorded = say('plan.written', { name: actorName(say, line.recordedBy), time: say.moment(line.wall) })
  if (line.versions.length === 0) return <span className="soft small">{recorded}</span>
  return (
    <details className="small">
      <summary className="soft">{say('plan.versions', { count: line.versions.length })}</summary>
      <ul>
        <li>{recorded}</li>
        {line.versions.map(({ position, field, value, by, wall }) => (
          <li key={position}>
            {say('plan.written', { name: actorName(say, by), time: say.moment(wall) })}
            <br />
            {say.head(say(`plan.${field}`))}
            {field === 'kind' ? say.code(`plan.kind.${value}`) : value || '–'}
          </li>
        ))}
      </ul>
    </details>
  )
}
