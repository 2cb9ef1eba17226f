import type { Inject } from '#exercise/scenario/inject.ts'
import { injectWeight } from '#exercise/scenario/inject-weight.ts'
import type { Scenario } from '#exercise/scenario/model.ts'
import { attackWeight } from '#exercise/scenario/weaknesses.ts'
import { useSay } from '../kit/i18n/use-say.ts'

type Kind = 'inject' | 'attack'

/** [SC26] Whether the scenario has points that a new entry could have a share of. */
export const mayCount = (scenario: Scenario, kind: Kind, like: Inject | undefined): boolean =>
  kind === 'attack' ? attackWeight(scenario) > 0 : injectWeight(scenario, like?.category ?? 'strategic') > 0

/**
 * Whether a new entry counts as long as nobody has said: whoever writes down what an answer is graded by means it to count. What only some teams get is no test of all of
 * them, and an attack is one that nobody planned: those count only where it is said.
 */
export const countsAtFirst = (entry: {
  readonly kind: Kind
  readonly wants: boolean
  readonly toAll: boolean
  readonly like: Inject | undefined
  /** How many were written for it. */
  readonly criteria: number
}): boolean =>
  entry.kind === 'inject' &&
  entry.wants &&
  entry.toAll &&
  (entry.like ? entry.like.category !== null : entry.criteria > 0)

/** Whether a new entry counts for the score, with what follows from it. */
export function CountsField(props: {
  readonly counts: boolean
  readonly possible: boolean
  readonly toAll: boolean
  readonly onChange: (counts: boolean) => void
}) {
  const say = useSay()
  const { counts, possible, toAll } = props
  return (
    <div className="msel-counts" data-on={counts || undefined}>
      <label className="check">
        <input
          type="checkbox"
          name="counts"
          checked={counts}
          disabled={!possible}
          onChange={(event) => props.onChange(event.target.checked)}
        />
        <b>{say('msel.form.counts')}</b>
      </label>
      <p className="small" role="status">
        {say(!possible ? 'msel.form.countsNothing' : counts ? 'msel.form.countsYes' : 'msel.form.countsNo')}
        {possible && !toAll && <b> {say('msel.form.countsSome')}</b>}
      </p>
      <p className="soft small">{say('msel.form.countsHint')}</p>
    </div>
  )
}
