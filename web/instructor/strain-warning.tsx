import { TriangleAlert } from 'lucide-react'
import type { ExerciseView } from '#exercise/views/views.ts'
import { useSay } from '../kit/i18n/use-say.ts'

/** Whether the platform's own means carry less than was planned. */
export const isStrained = ({ phase, strain: { late, stretch } }: ExerciseView): boolean =>
  phase !== 'ended' && (late || stretch !== 1)

/** What they carry, where that is less than was planned. It comes and goes, so it takes a place that is there anyway: nothing moves under anybody's hand. */
export function StrainWarning({ view }: { readonly view: ExerciseView }) {
  const say = useSay()
  const { late, stretch, cause } = view.strain
  const name = late ? 'white.late' : 'white.stretched'
  return (
    <details className="console-strain">
      <summary>
        <TriangleAlert aria-hidden="true" size="1em" />
        <span role="status">{say(name)}</span>
      </summary>
      <div className="card">
        <h3>{say(name)}</h3>
        <p>{say(`white.late.why.${cause}`)}</p>
        <p>{say(`${name}.means`, { n: say.number(stretch, stretch % 1 === 0 ? 0 : 1) })}</p>
      </div>
    </details>
  )
}
