import { useSyncExternalStore } from 'react'

/** How this browser tells of a new case, besides on the page. Off until somebody here wants it. */
export interface AlertSettings {
  readonly sound: boolean
  readonly system: boolean
}

const KEY = 'kilp.alerts'
const OFF = '{}'
let here = OFF
const listeners = new Set<() => void>()

function text(): string {
  try {
    return localStorage.getItem(KEY) ?? here
  } catch {
    return here
  }
}

/** Storage may hold anything. */
function parsed(kept: string): AlertSettings {
  try {
    const { sound, system } = Object(JSON.parse(kept)) as Partial<Record<keyof AlertSettings, unknown>>
    return { sound: sound === true, system: system === true }
  } catch {
    return { sound: false, system: false }
  }
}

export const alertSettings = (): AlertSettings => parsed(text())

export function setAlerts(to: Partial<AlertSettings>): void {
  const kept = JSON.stringify({ ...alertSettings(), ...to })
  try {
    localStorage.setItem(KEY, kept)
  } catch {
    // Then it holds as long as the page.
    here = kept
  }
  for (const call of listeners) call()
}

function listen(call: () => void): () => void {
  listeners.add(call)
  return () => listeners.delete(call)
}

export const useAlertSettings = (): AlertSettings => parsed(useSyncExternalStore(listen, text))
