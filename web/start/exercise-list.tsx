import { useEffect, useState } from 'react'
import { namedTitle } from '#exercise/scenario/named-title.ts'
import type { ExerciseSummary } from '#exercise/wire/protocol.ts'
import { linkInto, linkToReplay, parseRoute } from '../app/route.ts'
import { tokenFor } from '../feed/seat-tokens.ts'
import { useFeedState } from '../feed/use-feed.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import './exercise-list.css'

const AGAIN_MS = 15_000

/** All exercises of this platform, where there is more than the one that the page shows. */
export function ExerciseList() {
  const say = useSay()
  const shown = useFeedState((feed) => feed.exercise?.id ?? null)
  const all = useExercises()
  const exercises = all.filter(({ archived, id }) => !archived || id === shown)
  if (exercises.length < 2) return null
  return (
    <section className="start-exercises" aria-labelledby="exercises">
      <h2 id="exercises">{say('start.exercises')}</h2>
      <ul>
        {exercises.map(({ id, title, name, phase, createdWall }) => (
          <li key={id}>
            <a href={linkInto(id)} aria-current={id === shown ? 'page' : undefined}>
              {say.text(namedTitle(name, title))}
            </a>
            <span>{say(phase === 'left' ? 'start.left' : `pulse.${phase}`)}</span>
            <span className="soft num">{say('start.since', { when: say.moment(createdWall) })}</span>
            <span className="start-looks">
              {phase === 'ended' && <a href={linkToReplay(id)}>{say('replay.open')}</a>}
              {readsReport(id) && <a href={linkInto(id, 'report')}>{say('report.page.title')}</a>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** This browser has white's seat in it. */
const readsReport = (exercise: string): boolean => tokenFor({ ...parseRoute('#/report'), exercise }) !== null

/** Asks the platform now, when the shown exercise enters another phase, and every so often. */
function useExercises(): readonly ExerciseSummary[] {
  const phase = useFeedState((feed) => feed.folded.state.phase)
  const [exercises, setExercises] = useState<readonly ExerciseSummary[]>([])
  useEffect(() => {
    const stop = new AbortController()
    const ask = () =>
      fetch('/api/exercises', { signal: stop.signal })
        .then(async (answer) => {
          if (!answer.ok) return
          const body: { readonly exercises: readonly ExerciseSummary[] } = await answer.json()
          setExercises(body.exercises)
        })
        // What was known stays; the next time tells.
        .catch(() => {})
    void ask()
    const timer = setInterval(() => void ask(), AGAIN_MS)
    return () => {
      stop.abort()
      clearInterval(timer)
    }
  }, [phase])
  return exercises
}
