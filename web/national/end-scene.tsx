import { Flag, Trophy } from 'lucide-react'
import { ToldLine } from '../control/world-lines.tsx'
import { useNational } from '../feed/use-national.ts'
import { useExercise, useExerciseState } from '../feed/use-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { headline } from '../kit/outcome.tsx'
import { AffectedCurve } from './affected-curve.tsx'
import './end-scene.css'
import { EndNumbers } from './end-numbers.tsx'
import { lessonText } from './lesson-text.ts'
import { Sentence } from './sentence.tsx'
import { detailText } from './situation.ts'
import { decideTexts, namesOf } from './wall-lines.tsx'

/** How it ended, for a photograph: the winner, what it would have meant, and what to remember. */
export function EndScene() {
  const say = useSay()
  const view = useNational()
  const exercise = useExercise()
  const names = namesOf(say, exercise)
  const total = view.countries.length
  return (
    <div className="end-scene">
      <section className="national-situation" aria-label={say('national.situation')}>
        <Sentence view={view} exercise={exercise} />
        <p className="national-detail soft num">{detailText(say, view, exercise)}</p>
        <ToldLine />
      </section>
      <Winner />
      <EndNumbers view={view} />
      <section className="end-lessons card" aria-labelledby="end-lessons">
        <h2 id="end-lessons">{say('lesson.title')}</h2>
        {view.lessons.length === 0 ? (
          <p>{say('lesson.none')}</p>
        ) : (
          <ol>
            {view.lessons.map((lesson) => (
              <li key={lesson.kind} className="num">
                {lessonText(say, lesson, names, total)}
              </li>
            ))}
          </ol>
        )}
        <p className="wall-decide end-decide soft">{decideTexts(say, view, names)}</p>
      </section>
      <AffectedCurve view={view} nameOf={names.service} teamName={names.team} />
    </div>
  )
}

/** Who came first; while the standings are held back nobody reads it here, whoever may know it: others look at the wall, too. */
function Winner() {
  const say = useSay()
  const exercise = useExercise()
  const held = useExerciseState().standings !== null
  const first = exercise.teams.filter(({ rank }) => rank === 1)
  if (first.length === 0) return null
  const alone = exercise.teams.length === 1
  const Icon = alone ? Flag : Trophy
  return (
    <p className="end-winner card">
      <Icon aria-hidden="true" size="1.6em" />
      <b>{held ? say(alone ? 'end.heldAlone' : 'end.held') : headline(say, first, alone)}</b>
    </p>
  )
}
