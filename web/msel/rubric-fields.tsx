import type { Lang, Text } from '#exercise/scenario/words.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { TextFields, textOf } from './text-fields.tsx'

const TITLE = 200
const POINTS = 1_000
const MOST = 10

/** What an answer is graded by, as many criteria as the instructor wants. `criteria`: a key for each, that stays its own when another is taken away. */
export function RubricFields(props: {
  readonly criteria: readonly number[]
  readonly onChange: (criteria: readonly number[]) => void
}) {
  const say = useSay()
  const { criteria, onChange } = props
  return (
    <fieldset className="msel-rubric">
      <legend>{say('inbox.rubric')}</legend>
      {criteria.length === 0 && <p className="soft small">{say('msel.form.rubricHint')}</p>}
      {criteria.map((key, index) => (
        <div key={key} className="msel-criterion">
          <TextFields
            name={`criterion-${key}`}
            label={say('msel.form.criterion', { n: index + 1 })}
            most={TITLE}
            text={null}
          />
          <label className="field">
            {say('msel.form.criterionPoints', { n: index + 1 })}
            <input
              name={`points-${key}`}
              type="number"
              min={0.5}
              max={POINTS}
              step={0.5}
              required
              defaultValue={5}
            />
          </label>
          <button
            type="button"
            className="button"
            onClick={() => onChange(criteria.filter((one) => one !== key))}
          >
            {say('msel.form.criterionAway', { n: index + 1 })}
          </button>
        </div>
      ))}
      {criteria.length < MOST && (
        <button
          type="button"
          className="button"
          onClick={() => onChange([...criteria, Math.max(0, ...criteria) + 1])}
        >
          {say('msel.form.criterionAdd')}
        </button>
      )}
    </fieldset>
  )
}

/** What was written in `RubricFields`. */
export const rubricOf = (
  data: FormData,
  criteria: readonly number[],
  lang: Lang,
): readonly { readonly title: Text; readonly points: number }[] =>
  criteria.map((key) => ({
    title: textOf(data, `criterion-${key}`, lang),
    points: Number(data.get(`points-${key}`)),
  }))
