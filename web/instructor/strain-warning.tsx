import type { ExerciseView } from '#exercise/views/views.ts'
import { useSay } from '../kit/i18n/use-say.ts'

/** What the platform's own means carry, where that is less than was planned. */
export function StrainWarning({ view }: { readonly view: ExerciseView }) {
  const say = useSay()
  const { late, stretch, cause } = view.strain
  if (view.phase === 'ended' || (!late && stretch === 1)) return null
  const name = late ? 'white.late' : 'white.stretched'
  return (
    <section className="console-failure console-strain" role="status">
      <h2>{say(name)}</h2>
      <p>{say(`white.late.why.${cause}`)}</p>
      <p>{say(`${name}.means`, { n: say.number(stretch, stretch % 1 === 0 ? 0 : 1) })}</p>
    </section>
  )
}
