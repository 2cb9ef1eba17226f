import type { ReactNode } from 'react'
import type { NationalView } from '#exercise/views/views.ts'
import { ENOUGH, ODD } from '#exercise/views/wall/expected.ts'
import { useRoute } from '../app/route.ts'
import { useExerciseState } from '../feed/use-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import './how-counted.css'

/** Below a number of the wall, one click away: how it comes about, in words and in the scenario's own numbers. On a big screen nobody clicks. */
function HowCounted({ children }: { readonly children: ReactNode }) {
  const say = useSay()
  const { big } = useRoute()
  if (big) return null
  return (
    <details className="counted">
      <summary>{say('counted.title')}</summary>
      {children}
    </details>
  )
}

/** People without a service. */
export function HowAffected({ view }: { readonly view: NationalView }) {
  const say = useSay()
  const { population } = useExerciseState().scenario
  const count = view.countries.length
  const all = say.rough(population * count)
  return (
    <HowCounted>
      <p>{say('counted.affected', { count, each: say.rough(population), all })}</p>
    </HowCounted>
  )
}

/** Data taken: each kind of it, since they are not added up. */
export function HowTaken({ view }: { readonly view: NationalView }) {
  const say = useSay()
  const count = view.countries.length
  return (
    <HowCounted>
      <p>{say('counted.taken')}</p>
      {view.taken.length > 0 && (
        <ul>
          {view.taken.map(({ service, what, people, teams }) => (
            <li key={`${service} ${what.en}`}>
              {say('counted.kind', {
                count,
                people: say.rough(people),
                what: say.text(what),
                where: say.where(teams.length, count),
              })}
            </li>
          ))}
        </ul>
      )}
    </HowCounted>
  )
}

/** Until all is normal. */
export function HowExpected() {
  const say = useSay()
  return (
    <HowCounted>
      <p>{say('counted.expected', { least: ENOUGH, odd: ODD })}</p>
    </HowCounted>
  )
}

/** Hours that people were without. */
export function HowHours() {
  const say = useSay()
  return (
    <HowCounted>
      <p>{say('counted.hours')}</p>
    </HowCounted>
  )
}
