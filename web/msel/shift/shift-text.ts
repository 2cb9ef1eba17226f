import type { Say } from '../../kit/i18n/use-say.ts'
import type { Shift } from './use-shift.ts'

/** The new time, and how far it is from the one that stands: `8:00, 3 min later`. */
export function toText(say: Say, { toMs, wasMs }: Pick<Shift, 'toMs' | 'wasMs'>): string {
  const time = say.clock(toMs)
  if (toMs === wasMs) return say('msel.shift.same', { time })
  const span = say.span(Math.abs(toMs - wasMs))
  return say(toMs > wasMs ? 'msel.shift.later' : 'msel.shift.sooner', { time, span })
}
