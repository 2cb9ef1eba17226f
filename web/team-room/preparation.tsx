import { SquareTerminal } from 'lucide-react'
import { mayPrepare, standsStill } from '#exercise/decide/typing.ts'
import { useExerciseState } from '../feed/use-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import './preparation.css'

/** While time stands still and teams may type in terminals all the same: says so. */
export function Preparation() {
  const say = useSay()
  const state = useExerciseState()
  if (!standsStill(state) || !mayPrepare(state)) return null
  return (
    <p className="preparation" role="status">
      <SquareTerminal aria-hidden="true" size="1.3em" />
      {say('terminal.preparation')}
    </p>
  )
}
