import { entryKey } from '#exercise/fold/changes.ts'
import type { State } from '#exercise/fold/state.ts'
import type { EntryChange } from '#exercise/scenario/entry-change.ts'
import type { EntryRef } from '#exercise/scenario/trigger.ts'
import type { WireCommand } from '#exercise/wire/protocol.ts'

/** One cell, or with `team` null a whole entry. */
export interface Target extends EntryRef {
  readonly team: string | null
}

const MINUTE = 60_000

/** What is done to cells at once, each with its key. */
export const ACTS = {
  fire: { key: 'f', change: null },
  hold: { key: 'h', change: { kind: 'hold' } },
  release: { key: 'r', change: { kind: 'release' } },
  move1: { key: '1', change: { kind: 'move', byMs: MINUTE } },
  move5: { key: '5', change: { kind: 'move', byMs: 5 * MINUTE } },
  move15: { key: 'q', change: { kind: 'move', byMs: 15 * MINUTE } },
  cancel: { key: 'c', change: { kind: 'cancel' } },
  restore: { key: 'v', change: { kind: 'restore' } },
} as const satisfies Readonly<Record<string, { readonly key: string; readonly change: EntryChange | null }>>
export type Act = keyof typeof ACTS
export const ACT_NAMES = Object.keys(ACTS) as readonly Act[]

/** What opens something, or is done to the page alone. */
export const KEYS = {
  shift: 'm',
  edit: 'e',
  clone: 'k',
  add: 'n',
  undo: 'z',
  help: '?',
  select: 'Space',
  clear: 'Escape',
} as const

/** The command of an act on one target; `seen`: how many changes of the entry are known. */
export function commandOf(act: Act, { kind, id, team }: Target, seen: number): WireCommand {
  const { change } = ACTS[act]
  return change === null
    ? { type: 'fire-entry', data: { kind, id, team } }
    : { type: 'change-entry', data: { kind, id, team, change, seen } }
}

/** What undoes an act; null where nothing does. */
export function undoOf(act: Act): EntryChange | null {
  const { change } = ACTS[act]
  switch (change?.kind) {
    case 'hold':
      return { kind: 'release' }
    case 'release':
      return { kind: 'hold' }
    case 'cancel':
      return { kind: 'restore' }
    case 'restore':
      return { kind: 'cancel' }
    case 'move':
      return { kind: 'move', byMs: -change.byMs }
    default:
      return null
  }
}

/** One thing that undoes something; `change` null where nothing does. */
export interface Step {
  readonly target: Target
  readonly change: EntryChange | null
}

/**
 * What brings back what was before something was done to an entry for all teams: those for whom it was so already are left as they were. `state`: before it is
 * done.
 */
export function stepsBack(
  { teams, entries }: Pick<State, 'teams' | 'entries'>,
  target: Target,
  change: EntryChange | null,
): readonly Step[] {
  const said = entries[entryKey(target)]?.teams ?? []
  const wasSo = (index: number): boolean => {
    const { held = null, cancelled = null } = said[index] ?? {}
    if (change?.kind === 'release') return held !== null
    if (change?.kind === 'hold') return held === null
    if (change?.kind === 'restore') return cancelled !== null
    return change?.kind === 'cancel' && cancelled === null
  }
  if (target.team !== null || target.kind === 'phase' || !teams.some((_, index) => wasSo(index)))
    return [{ target, change }]
  return teams.flatMap(({ id }, index) => (wasSo(index) ? [] : [{ target: { ...target, team: id }, change }]))
}
