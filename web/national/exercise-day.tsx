import type { ExerciseView } from '#exercise/views/views.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { Told } from '../kit/told.tsx'

/** The phases of the exercise, as wide as they are long, and where we are. */
export function ExerciseDay({ view }: { readonly view: ExerciseView }) {
  const say = useSay()
  const next = view.phases.find((phase) => phase.fromMs > view.atMs)
  return (
    <section className="national-day" aria-labelledby="national-day">
      <h2 id="national-day">
        {say('national.day')}{' '}
        {next && view.phase !== 'ended' && (
          <span className="soft">
            {say('national.next', { phase: say.text(next.title), time: say.clock(next.fromMs) })}
          </span>
        )}
      </h2>
      <ol className="day">
        {view.phases.map((phase) => {
          const length = Math.max(1, phase.toMs - phase.fromMs)
          const done = Math.min(1, Math.max(0, (view.atMs - phase.fromMs) / length))
          return (
            <li
              key={phase.id}
              className={phase.now ? 'now' : done >= 1 ? 'over' : 'to-come'}
              style={{ flexGrow: length }}
              aria-current={phase.now ? 'step' : undefined}
            >
              <span className="day-name">
                {phase.now && <span className="day-now">{say('national.now')}</span>}
                <Told name text={phase.title} />
              </span>
              <span className="day-bar" aria-hidden="true">
                <span style={{ inlineSize: `${done * 100}%` }} />
              </span>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
