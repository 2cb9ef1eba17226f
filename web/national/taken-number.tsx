import type { NationalView } from '#exercise/views/views.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { HowTaken } from './how-counted.tsx'
import './wall.css'

/** Whose data was taken, of how many people, and whether more can be. */
export function TakenNumber({ view }: { readonly view: NationalView }) {
  const say = useSay()
  const { taken, countries } = view
  const [first, ...others] = taken
  const open = new Set(taken.flatMap((kind) => kind.open)).size
  const total = countries.length
  return (
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
              ? say('wall.taken.open', { count: total, where: say.where(open, total) })
              : say('wall.taken.closed')}
          </p>
        </>
      ) : (
        <>
          <p className="wall-figure num">{say.number(0)}</p>
          <p>{say('wall.taken.none')}</p>
        </>
      )}
      <HowTaken view={view} />
    </section>
  )
}
