import type { Criterion } from '#exercise/scenario/inject.ts'
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
  /** Those that there are already: the first has the key 1, and so on. */
  readonly given?: readonly Criterion[]
}) {
  const say = useSay()
  const { criteria, onChange, given = [] } = props
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
            text={given[key - 1]?.title ?? null}
          />
          <label className="field">
            {say('msel.form.criterionPoints', { n: index + 1 })}
            <input
              name={`points-${key}`}
              type="number"
              min={Math.min(0.5, pointsOf(given, key))}
              max={POINTS}
              step={given[key - 1] ? 'any' : 0.5}
              required
              defaultValue={pointsOf(given, key)}
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
          onClick={() => onChange([...criteria, Math.max(given.length, ...criteria) + 1])}
        >
          {say('msel.form.criterionAdd')}
        </button>
      )}
    </fieldset>
  )
}

const pointsOf = (given: readonly Criterion[], key: number): number => given[key - 1]?.points ?? 5

/** What was written in `RubricFields` over what there was: a criterion that stays keeps its id, and what of its points says how much earns them. */
export const rubricOver = (
  data: FormData,
  criteria: readonly number[],
  lang: Lang,
  given: readonly Criterion[],
): readonly Criterion[] =>
  rubricOf(data, criteria, lang).map((now, index) => {
    const before = given[(criteria[index] ?? 0) - 1]
    if (!before) return { id: freshId(given, criteria[index] ?? 0), ...now }
    if (JSON.stringify([now.title, now.points]) === JSON.stringify([before.title, before.points]))
      return before
    const { anchors, ...rest } = { ...before, ...now }
    return anchors ? { ...rest, anchors: anchors.filter(({ points }) => points <= now.points) } : rest
  })

/** An id that no criterion has that was there before. */
function freshId(given: readonly Criterion[], key: number): string {
  const wanted = `criterion-${key}`
  return given.some(({ id }) => id === wanted) ? freshId(given, key + 100) : wanted
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
