import type { ReactNode } from 'react'
import { ToldLine, WorldLines } from '../control/world-lines.tsx'
import { useNational } from '../feed/use-national.ts'
import { useExercise, useExerciseState } from '../feed/use-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { AffectedNumber } from './affected-number.tsx'
import './scene-frame.css'
import { Sentence } from './sentence.tsx'
import { detailText } from './situation.ts'

/** Around each scene that is about one thing: the situation in a sentence, and how many people it is about. */
export function SceneFrame({ children }: { readonly children: ReactNode }) {
  const say = useSay()
  const view = useNational()
  const exercise = useExercise()
  const { scenario } = useExerciseState()
  return (
    <div className="scene">
      <section className="national-situation" aria-label={say('national.situation')}>
        <Sentence view={view} exercise={exercise} />
        <p className="national-detail soft">{detailText(say, view, exercise)}</p>
        <WorldLines view={exercise} />
        <ToldLine />
      </section>
      <AffectedNumber view={view} population={scenario.population * exercise.teams.length} />
      <div className="scene-body">{children}</div>
    </div>
  )
}
