import type { Actor } from '#exercise/ledger/actor.ts'
import { isolated, type Say } from './i18n/use-say.ts'

/** Who did something, as people read it. */
export function actorName(say: Say, by: Actor | null): string {
  if (by?.kind === 'seat' && by.name) return isolated(by.name)
  if (by?.kind === 'seat' && by.seat === 'white') return say('seat.white')
  if (by?.kind === 'pilot') return say('person.pilot')
  return by?.kind === 'platform' ? say('person.platform') : say('person.unnamed')
}
