import { useSyncExternalStore } from 'react'
import { type Person, personName, roleOf } from '#exercise/wire/person.ts'

const LAST_KEY = 'kilp.person'
const keyIn = (exercise: string) => `${LAST_KEY}@${exercise}`
/** What is kept of who was asked and would not say. */
const UNSAID = '-'

/** For browsers that forbid storage: what was said lives as long as the page. */
const said = new Map<string, string>()
const listeners = new Set<() => void>()

/** Who this browser's person said to be in an exercise; null when they have not. */
export const keptPerson = (exercise: string): Person | null => parsed(stored(keyIn(exercise)))

/** Whether they were asked already, and perhaps would not say. */
export const wasAsked = (exercise: string): boolean => stored(keyIn(exercise)) !== null

/** Who they were last, in whichever exercise: to begin with when they are asked again. */
export const lastPerson = (): Person | null => parsed(stored(LAST_KEY))

/** Keeps who they say they are; null: they would not say. */
export function keepPerson(exercise: string, person: Person | null): void {
  const text = person ? JSON.stringify(person) : UNSAID
  for (const key of [keyIn(exercise), ...(person ? [LAST_KEY] : [])]) {
    try {
      localStorage.setItem(key, text)
    } catch {
      said.set(key, text)
    }
  }
  for (const call of listeners) call()
}

/** The same, for a page that changes with it, also when another page of this browser changes it. */
export function usePerson(exercise: string | null): Person | null {
  const text = useSyncExternalStore(listen, () => (exercise === null ? null : stored(keyIn(exercise))))
  return parsedOnce(text)
}

function listen(call: () => void): () => void {
  listeners.add(call)
  addEventListener('storage', call)
  return () => {
    listeners.delete(call)
    removeEventListener('storage', call)
  }
}

function stored(key: string): string | null {
  try {
    return said.get(key) ?? localStorage.getItem(key)
  } catch {
    return said.get(key) ?? null
  }
}

/** Storage may hold anything. */
function parsed(text: string | null): Person | null {
  try {
    const { name, role } = Object(JSON.parse(text ?? 'null')) as { name?: unknown; role?: unknown }
    const known = typeof name === 'string' ? personName(name) : null
    return known === null ? null : { name: known, role: roleOf(String(role)) }
  } catch {
    return null
  }
}

let last: { readonly text: string | null; readonly person: Person | null } = { text: null, person: null }
/** The same person as long as the same is kept. */
function parsedOnce(text: string | null): Person | null {
  if (last.text !== text) last = { text, person: parsed(text) }
  return last.person
}
