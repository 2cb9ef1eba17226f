import { timeOfDay } from '#exercise/fold/clock-turns.ts'
import { useExerciseState } from '../feed/use-view.ts'
import { useSay } from './i18n/use-say.ts'

/** A moment of exercise time, by itself or in words; the time of day when it is pointed at. */
export function OneClock(props: { readonly atMs: number; readonly says?: (time: string) => string }) {
  const { atMs, says = (time) => time } = props
  const say = useSay()
  const wall = timeOfDay(useExerciseState(), atMs)
  return (
    <time className="num" title={wall === null ? undefined : say('clock.day', { time: say.time(wall) })}>
      {says(say.clock(atMs))}
    </time>
  )
}
