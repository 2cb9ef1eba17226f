import type { NationalView } from '#exercise/views/views.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { HowExpected } from './how-counted.tsx'
import { TakenNumber } from './taken-number.tsx'
import './wall.css'

/** What was taken, and when all is normal again: beside the number of people the two that a minister asks for. */
export function WallNumbers({ view }: { readonly view: NationalView }) {
  const say = useSay()
  const { expected, countries } = view
  const total = countries.length
  // What nobody can measure is not normal.
  const state = view.late && expected.state === 'normal' ? 'unknown' : expected.state
  return (
    <div className="wall-numbers">
      <TakenNumber view={view} />
      <section
        className={`wall-number card ${state === 'normal' ? '' : 'hurt'}`}
        aria-labelledby="wall-expected"
      >
        <h2 id="wall-expected">{say('wall.expected')}</h2>
        {state === 'expected' ? (
          <>
            <p className="wall-figure num">
              {say('wall.expected.about', { span: say.span(wholeMinutes(expected.ms)) })}
            </p>
            <p className="soft">{say('wall.expected.by', { count: expected.by })}</p>
          </>
        ) : (
          <>
            <p className="wall-figure words">{say(`wall.expected.${state}`)}</p>
            {state === 'unknown' && (
              <p className="soft">{say(view.late ? 'wall.expected.late' : 'wall.expected.why')}</p>
            )}
          </>
        )}
        {state === expected.state && total > 1 && (
          <p className={expected.normal === total ? 'wall-good' : ''}>
            {say('wall.expected.countries', { where: say.where(expected.normal, total) })}
          </p>
        )}
        <HowExpected />
      </section>
    </div>
  )
}

/** An estimate in seconds would claim what nobody knows. */
const wholeMinutes = (ms: number): number => Math.max(1, Math.ceil(ms / 60_000)) * 60_000
