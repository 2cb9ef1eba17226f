import { useEffect, useSyncExternalStore } from 'react'
import type { CaseView } from '#exercise/views/case-views.ts'
import { keyInExercise } from '../../app/route.ts'
import { useAudience } from '../../feed/use-feed.tsx'
import { useCases } from '../../feed/use-view.ts'

/** By case, the opening of it that was last looked at. */
type Seen = Readonly<Record<string, number>>

const listeners = new Set<() => void>()
/** For browsers that forbid storage: what was read is so as long as the page. */
const here = new Map<string, string>()
const keyOf = (team: string) => keyInExercise(`kilp.cases.${team}`)

function textOf(key: string): string {
  try {
    return localStorage.getItem(key) ?? here.get(key) ?? '{}'
  } catch {
    return here.get(key) ?? '{}'
  }
}

/** Storage may hold anything. */
function parsed(text: string): Seen {
  try {
    return Object(JSON.parse(text)) as Seen
  } catch {
    return {}
  }
}

function listen(call: () => void): () => void {
  listeners.add(call)
  addEventListener('storage', call)
  return () => {
    listeners.delete(call)
    removeEventListener('storage', call)
  }
}

/** Marks cases as read, in this browser. */
export function readCases(team: string, cases: readonly CaseView[]): void {
  if (cases.length === 0) return
  const key = keyOf(team)
  const read = Object.fromEntries(cases.map((one) => [one.case, one.position]))
  const text = JSON.stringify({ ...parsed(textOf(key)), ...read })
  try {
    localStorage.setItem(key, text)
  } catch {
    // Then they are read as long as the page.
    here.set(key, text)
  }
  for (const call of listeners) call()
}

/** Open cases that nobody in this browser has looked at since they opened. Of no other seat: the instructor has other things to see. */
export function useUnreadCases(team: string): readonly CaseView[] {
  const { seat } = useAudience()
  const cases = useCases(team)
  const key = keyOf(team)
  const seen = parsed(useSyncExternalStore(listen, () => textOf(key)))
  if (seat !== 'blue') return []
  return cases.filter((one) => one.state !== 'closed' && (seen[one.case] ?? 0) < one.position)
}

/** The case is before somebody's eyes. */
export function useReadCase(team: string, one: CaseView): void {
  const unread = useUnreadCases(team).some((known) => known.case === one.case)
  useEffect(() => {
    if (unread) readCases(team, [one])
  }, [team, one, unread])
}
