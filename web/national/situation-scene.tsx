import { ToldLine, WorldLines } from '../control/world-lines.tsx'
import { useNational } from '../feed/use-national.ts'
import { useExercise, useExerciseState } from '../feed/use-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { AffectedCurve } from './affected-curve.tsx'
import { AffectedNumber } from './affected-number.tsx'
import { ExerciseDay } from './exercise-day.tsx'
import { LifeList } from './life-list.tsx'
import { ProblemStrips } from './problem-strips.tsx'
import { Sentence } from './sentence.tsx'
import { detailText } from './situation.ts'
import { DecideCard, namesOf, realText, sinceText } from './wall-lines.tsx'
import { WallNumbers } from './wall-numbers.tsx'
import './situation-scene.css'

/** Of what people want to do and of open problems, so much has room on a page and on a big screen. */
const ROOM = { page: { life: 12, strips: 1 }, big: { life: 8, strips: 3 } } as const

/** Of what people want to do, beside as many strips as there is room for. */
const CROWDED = 5

/** What a minister asks, answered in one look. */
export function SituationScene({ big }: { readonly big: boolean }) {
  const say = useSay()
  const view = useNational()
  const exercise = useExercise()
  const { scenario } = useExerciseState()
  const names = namesOf(say, exercise)
  const room = big ? ROOM.big : ROOM.page
  const crowded = big && view.problems.length >= room.strips
  const real = realText(say, view)
  const since = sinceText(say, view)
  // While it runs, strips say who is at what.
  const detail = view.phase === 'running' && !view.late ? null : detailText(say, view, exercise)
  return (
    <div className="situation-scene" data-crowded={crowded || undefined}>
      <section className="national-situation" aria-label={say('national.situation')}>
        <Sentence view={view} exercise={exercise} />
        <p className="national-detail soft num">
          {say.sentences([since, detail].filter((said) => said !== null))}
        </p>
        {real && <p className="national-real num">{real}</p>}
        <WorldLines view={exercise} />
        <ToldLine />
      </section>
      <div className="situation-numbers">
        <AffectedNumber view={view} population={scenario.population * exercise.teams.length} />
        <WallNumbers view={view} />
      </div>
      <AffectedCurve view={view} nameOf={names.service} teamName={names.team} />
      <LifeList view={view} most={crowded ? CROWDED : room.life} nameOf={names.service} />
      <ProblemStrips view={view} names={names} most={room.strips} />
      <DecideCard view={view} names={names} most={crowded ? 2 : 3} />
      <ExerciseDay view={exercise} />
    </div>
  )
}
