import type { ExerciseView, NationalView } from '#exercise/views/views.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { situationText } from './situation.ts'

/** Sentences wider than so many letters are set smaller, so that they stay on two lines. */
const LONG = 66

/** The situation in a sentence, as large as it has room. */
export function Sentence({
  view,
  exercise,
}: {
  readonly view: NationalView
  readonly exercise: ExerciseView
}) {
  const said = situationText(useSay(), view, exercise)
  return (
    <p className="national-sentence" data-long={widthOf(said) > LONG || undefined}>
      {said}
    </p>
  )
}

/** In letters: a Chinese character is as wide as two. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (letter > '\u2fff' ? 2 : 1), 0)
