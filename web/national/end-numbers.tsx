import type { NationalView } from '#exercise/views/views.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { HowAffected, HowHours } from './how-counted.tsx'
import { TakenNumber } from './taken-number.tsx'

/** Four numbers of an exercise that is over. */
export function EndNumbers({ view }: { readonly view: NationalView }) {
  const say = useSay()
  const { peak, personHours, expected, countries } = view
  const normal = expected.normal === countries.length
  return (
    <div className="end-numbers">
      <section className={`wall-number card ${peak ? 'hurt' : ''}`} aria-labelledby="end-peak">
        <h2 id="end-peak">{say('end.peak')}</h2>
        <p className="wall-figure num">{say.rough(peak?.people ?? 0)}</p>
        <p className="num">
          {peak ? say('end.peak.at', { time: say.clock(peak.atMs) }) : say('end.peak.none')}
        </p>
        <HowAffected view={view} />
      </section>
      <section className={`wall-number card ${peak ? 'hurt' : ''}`} aria-labelledby="end-hours">
        <h2 id="end-hours">{say('end.hours')}</h2>
        <p className="wall-figure num">{say.rough(Math.round(personHours))}</p>
        <p>{say('end.hours.what')}</p>
        <HowHours />
      </section>
      <TakenNumber view={view} />
      <section className={`wall-number card ${normal ? '' : 'hurt'}`} aria-labelledby="end-state">
        <h2 id="end-state">{say('end.state')}</h2>
        <p className="wall-figure words">{say(normal ? 'end.state.normal' : 'end.state.hurt')}</p>
        <p className={normal ? 'wall-good' : 'wall-bad'}>
          {say('wall.expected.countries', { where: say.where(expected.normal, countries.length) })}
        </p>
      </section>
    </div>
  )
}
