import type { State } from '../fold/state.ts'
import { MESSAGE_PREFIX } from '../scenario/message-info.ts'

/** A message that white wrote, and who has read it. Times in ms of exercise time. */
export interface SentMessage {
  readonly message: string
  readonly text: string
  readonly atMs: number
  readonly wantsRead: boolean
  readonly teams: readonly { readonly team: string; readonly readMs: number | null }[]
  readonly guests: boolean
}

/** Messages of white to teams and guests, newest first; for white. */
export function sentMessages({ teams, told }: Pick<State, 'teams' | 'told'>): readonly SentMessage[] {
  const found = new Map<string, SentMessage & { readonly position: number }>()
  for (const { id, injects } of teams)
    for (const { inject, info, sentMs, readMs, position } of injects) {
      if (!inject.startsWith(MESSAGE_PREFIX) || !info.added) continue
      const message = inject.slice(MESSAGE_PREFIX.length)
      const known = found.get(message)
      found.set(message, {
        message,
        text: info.text.en,
        atMs: sentMs,
        wantsRead: info.wantsRead ?? false,
        teams: [...(known?.teams ?? []), { team: id, readMs }],
        guests: false,
        position,
      })
    }
  for (const { message, text, atMs, position } of told) {
    const known = found.get(message)
    const only = { message, text, atMs, wantsRead: false, teams: [], position }
    found.set(message, { ...(known ?? only), guests: true })
  }
  return [...found.values()]
    .toSorted((a, b) => b.position - a.position)
    .map(({ position: _, ...sent }) => sent)
}
