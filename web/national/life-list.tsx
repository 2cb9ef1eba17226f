import { Bug } from 'lucide-react'
import type { NationalView } from '#exercise/views/views.ts'
import { fateOf } from '#exercise/views/wall/life.ts'
import { fewNames } from '../kit/few-names.ts'
import { type Say, useSay } from '../kit/i18n/use-say.ts'
import { StateMark } from '../kit/state-mark.tsx'
import { Told } from '../kit/told.tsx'
import './wall.css'

type Life = NationalView['life'][number]
type Fate = ReturnType<typeof fateOf>

const MARKS = { out: 'down', slow: 'slow', leaks: 'up', unknown: 'unknown', fine: 'up' } as const

/** What people can do, and in how many countries they can not; the worst first. */
export function LifeList({
  view,
  most,
  nameOf,
}: {
  readonly view: NationalView
  /** So many have room; the others are counted. */
  readonly most: number
  readonly nameOf: (service: string) => string
}) {
  const say = useSay()
  const shown = view.life.length > most ? view.life.slice(0, most - 1) : view.life
  const more = view.life.length - shown.length
  return (
    <section className="wall-life card" aria-labelledby="wall-life">
      <h2 id="wall-life">{say('wall.life')}</h2>
      <ul>
        {shown.map((life) => {
          const fate = fateOf(life)
          return (
            <li key={life.id} className={`life life-${fate}`}>
              {fate === 'leaks' ? (
                <Bug aria-hidden="true" size="1.2em" />
              ) : (
                <StateMark verdict={MARKS[fate]} />
              )}
              <span className="life-title">
                <Told name text={life.title} />
                {life.because.length > 0 && (
                  <span className="soft life-because">
                    {say('tile.because', { services: fewNames(say, life.because.map(nameOf), 1) })}
                  </span>
                )}
              </span>
              <span className="life-state">
                {stateText(say, life, fate)}
                {life.sinceMs !== null && (
                  <span className="soft num life-since">
                    {say('tile.since', { time: say.clock(life.sinceMs) })}
                  </span>
                )}
              </span>
            </li>
          )
        })}
        {more > 0 && <li className="life-more soft">{say('wall.life.more', { count: more })}</li>}
      </ul>
    </section>
  )
}

function stateText(say: Say, life: Life, fate: Fate): string {
  const told = { count: life.teams }
  // "Can not in all" could mean in some.
  if (fate === 'out' && life.teams > 1 && life.out.length === life.teams) return say('wall.life.out.all')
  return fate === 'fine'
    ? say('wall.life.fine', told)
    : say(`wall.life.${fate}`, { ...told, where: say.where(life[fate].length, life.teams) })
}
