import { useSyncExternalStore } from 'react'
import { PANELS, type PanelId } from './panel-ids.ts'

/** What stands beside the case: the same for each case that is looked at, as long as the page. */
let beside: readonly PanelId[] = []
const listeners = new Set<() => void>()

function listen(call: () => void): () => void {
  listeners.add(call)
  return () => listeners.delete(call)
}

function put(to: readonly PanelId[]) {
  beside = PANELS.filter((id) => to.includes(id))
  for (const call of listeners) call()
}

export const openBeside = (id: PanelId): void => put([...beside, id])
const toggle = (id: PanelId): void =>
  put(beside.includes(id) ? beside.filter((one) => one !== id) : [...beside, id])

export const useDesk = () => ({ beside: useSyncExternalStore(listen, () => beside), toggle })
