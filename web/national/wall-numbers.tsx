import type { NationalView } from '#exercise/views/views.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import './wall.css'

/** What was taken, and when all is normal again: beside the number of people the two that a minister asks for. */
export function WallNumbers({ view }: { readonly view: NationalView }) {
  const say = useSay()
  const { taken, expected, countries } = view
  const [first, ...others] = taken
  const open = new Set(taken.flatMap((kind) => kind.open)).size
  const total = countries.length
  return (
    <div className="wall-numbers">
      <section className={`wall-number card ${taken.length > 0 ? 'hurt' : ''}`} aria-labelledby="wall-taken">
        <h2 id="wall-taken">{say('wall.taken')}</h2>
        {first ? (
          <>
            <p className="wall-figure num">{say.rough(first.people)}</p>
            <p>
              {say.text(first.what)}
              {others.length > 0 && (
                <span className="soft"> {say('wall.taken.more', { count: others.length })}</span>
              )}
            </p>
            <p className={open > 0 ? 'wall-bad' : 'wall-good'}>
              {open > 0
                ? say('wall.taken.open', { count: total, here: open, total })
                : say('wall.taken.closed')}
            </p>
          </>
        ) : (
          <>
            <p className="wall-figure num">{say.number(0)}</p>
            <p>{say('wall.taken.none')}</p>
          </>
        )}
      </section>
      <section className="wall-number card" aria-labelledby="wall-expected">
        <h2 id="wall-expected">{say('wall.expected')}</h2>
        {expected.state === 'expected' ? (
          <>
            <p className="wall-figure num">
              {say('wall.expected.about', { span: say.span(wholeMinutes(expected.ms)) })}
            </p>
            <p className="soft">{say('wall.expected.by', { count: expected.by })}</p>
          </>
        ) : (
          <>
            <p className="wall-figure">{say(`wall.expected.${expected.state}`)}</p>
            {expected.state === 'unknown' && <p className="soft">{say('wall.expected.why')}</p>}
          </>
        )}
        <p className={expected.normal === total ? 'wall-good' : ''}>
          {say('wall.expected.countries', { count: total, here: expected.normal, total })}
        </p>
      </section>
    </div>
  )
}

/** An estimate in seconds would claim what nobody knows. */
const wholeMinutes = (ms: number): number => Math.max(1, Math.ceil(ms / 60_000)) * 60_000
