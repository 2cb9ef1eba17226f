import { useState } from 'react'
import type { ScoringWeights } from '#exercise/scenario/model.ts'
import type { ScoringField } from '#exercise/scoring/scoring-fields.ts'
import { useSay } from '../../kit/i18n/use-say.ts'

/** Times are written in seconds, shares in per cent. */
const PER_UNIT = { points: 1, share: 0.01, time: 1000 } as const

/** One number of the scoring: what it is in the record, a slider for points of a category, and a field. */
export function ScoringInput(props: {
  readonly field: ScoringField
  readonly label: string
  /** Where the points are those of a whole category. */
  readonly slider: boolean
  readonly record: ScoringWeights
  readonly scoring: ScoringWeights
  readonly onChange: (to: ScoringWeights) => void
}) {
  const { field, label, slider, record, scoring, onChange } = props
  const say = useSay()
  const per = PER_UNIT[field.unit]
  const write = (value: number) => Math.round((value / per) * 1000) / 1000
  const now = write(field.get(scoring))
  const was = write(field.get(record))
  // Null: nothing is being written. What can not be taken stays to be put right.
  const [written, setWritten] = useState<string | null>(null)
  const most = field.most / per
  const take = (text: string) => {
    const value = text.trim() === '' ? Number.NaN : Number(text)
    if (!(value >= 0 && value <= most)) return
    const exact = field.unit === 'time' ? Math.round(value * per) : Number((value * per).toFixed(6))
    onChange(field.set(scoring, exact))
  }
  const number = written === null ? Number.NaN : Number(written)
  const bad = written !== null && (written.trim() === '' || !(number >= 0 && number <= most))
  return (
    <div className={`rescore-field${now === was ? '' : ' rescore-changed'}`}>
      <label className="field">
        {label}
        <input
          type="number"
          inputMode="decimal"
          min={0}
          max={most}
          step="any"
          aria-invalid={bad}
          value={written ?? now}
          onChange={(event) => {
            setWritten(event.target.value)
            take(event.target.value)
          }}
          onBlur={() => setWritten(null)}
        />
      </label>
      {slider && (
        <input
          type="range"
          aria-label={say('rescore.slider', { label })}
          min={0}
          max={Math.min(most, Math.max(1000, 2 * was))}
          step={10}
          value={now}
          onChange={(event) => take(event.target.value)}
        />
      )}
      <span className="soft small">
        {say(bad ? 'rescore.bounds' : 'rescore.was', {
          value: say.number(was, 3),
          most: say.number(most, 0),
        })}
      </span>
    </div>
  )
}
