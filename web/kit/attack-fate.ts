import type { AttackView } from '#exercise/views/views.ts'
import type { Say } from './i18n/use-say.ts'

/** How an attack stands: one that succeeded is open as long as the attackers are inside. */
export type Fate = AttackView['state'] | 'open'

export const fateOf = ({ state, footholdClosedMs }: AttackView): Fate =>
  state === 'landed' && footholdClosedMs === null ? 'open' : state

/** The same in words, with the moment at which the attackers were removed. */
export function fateText(say: Say, attack: AttackView): string {
  const fate = fateOf(attack)
  return fate === 'landed'
    ? say('attack.out', { time: say.clock(attack.footholdClosedMs ?? 0) })
    : say(`attack.${fate}`)
}
