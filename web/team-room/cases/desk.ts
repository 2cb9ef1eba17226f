import { useSyncExternalStore } from 'react'
import { PANELS, type PanelId } from './panel-ids.ts'

/** What stands beside the case: the same for each case that is looked at, as long as the page. */
let beside: readonly PanelId[] = []
/** Somebody has said what they want there. */
let chosen = false
/** A place in the sources that somebody has asked for, `letters.ts:42`; `turn` tells one asking from the next. */
let wanted: { readonly place: string; readonly turn: number } | null = null
const listeners = new Set<() => void>()

function listen(call: () => void): () => void {
  listeners.add(call)
  return () => listeners.delete(call)
}

function put(to: readonly PanelId[]) {
  beside = PANELS.filter((id) => to.includes(id))
  for (const call of listeners) call()
}

export function openBeside(id: PanelId): void {
  chosen = true
  put([...beside, id])
}
function toggle(id: PanelId): void {
  chosen = true
  put(beside.includes(id) ? beside.filter((one) => one !== id) : [...beside, id])
}
/** For the case that is before somebody, as long as they have never chosen otherwise. What it returns takes that back. */
export function offerBeside(id: PanelId): () => void {
  if (chosen) return () => {}
  put([id])
  return () => {
    if (!chosen) put([])
  }
}
export function openInEditor(place: string): void {
  wanted = { place, turn: (wanted?.turn ?? 0) + 1 }
  openBeside('editor')
}
/** What was asked for in another case is of another service. */
export function forgetPlace(): void {
  wanted = null
}

export const useDesk = () => ({ beside: useSyncExternalStore(listen, () => beside), toggle })
export const useWantedPlace = () => useSyncExternalStore(listen, () => wanted)
