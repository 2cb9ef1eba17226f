import type { ExerciseView } from '#exercise/views/views.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { Told } from '../kit/told.tsx'
import './day-schedule.css'

/** The phases of the exercise one below the other, with their times, and where we are. */
export function DaySchedule({ view }: { readonly view: ExerciseView }) {
  const say = useSay()
  return (
    <section className="day-schedule card" aria-labelledby="day-schedule">
      <h2 id="day-schedule">{say('national.day')}</h2>
      <ol>
        {view.phases.map(({ id, title, fromMs, toMs, now }) => {
          const done = Math.min(1, Math.max(0, (view.atMs - fromMs) / Math.max(1, toMs - fromMs)))
          return (
            <li
              key={id}
              className={now ? 'now' : done >= 1 ? 'over' : 'to-come'}
              aria-current={now ? 'step' : undefined}
            >
              <span className="day-times num">
                {say('day.from', { from: say.clock(fromMs), to: say.clock(toMs) })}
              </span>
              <span className="day-title">
                <Told name text={title} /> {now && <span className="day-now">{say('national.now')}</span>}
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
