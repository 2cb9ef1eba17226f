import { Snowflake } from 'lucide-react'
import type { ExerciseView } from '#exercise/views/views.ts'
import { useAudience } from '../feed/use-feed.tsx'
import { useExerciseState } from '../feed/use-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import './control.css'

/** That the standings are held back, and since when; for white and observers, what the others see. Nothing while they are not. */
export function FrozenNote({ view }: { readonly view: ExerciseView }) {
  const say = useSay()
  const audience = useAudience()
  const { standings } = useExerciseState()
  if (!standings) return null
  const time = say.clock(view.frozenMs ?? standings.atMs)
  const live = audience.seat === 'white' || audience.seat === 'observer'
  return (
    <p className="frozen-note" role="status">
      <Snowflake aria-hidden="true" size="1.2em" />
      <span>{say(live ? 'standings.frozenWhite' : 'standings.frozen', { time })}</span>
    </p>
  )
}
