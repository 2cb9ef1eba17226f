import { useEffect, useSyncExternalStore } from 'react'
import type { State, TeamState } from '#exercise/fold/state.ts'
import type { AppealSubject } from '#exercise/ledger/people-events.ts'
import { keyInExercise } from '../app/route.ts'
import { useAudience } from '../feed/use-feed.tsx'
import { useExerciseState } from '../feed/use-view.ts'
import { keep, kept } from './kept-text.ts'

/** A grade that people gave, or white's answer to an appeal, that nobody at this page has looked at. */
export interface Fresh {
  readonly subject: AppealSubject
  /** Of the latest event on it. */
  readonly position: number
  /** The latest is an answer to an appeal. */
  readonly appeal: boolean
}

type Seen = Readonly<Record<string, number>>
const listeners = new Set<() => void>()
/** For browsers that forbid storage: what was read is so as long as the page. */
const here = new Map<string, string>()

const keyOf = (team: string) => keyInExercise(`kilp.grades.${team}`)
const nameOf = ({ kind, id }: AppealSubject) => `${kind}/${id}`

/** Storage may hold anything. */
function parsed(text: string): Seen {
  try {
    return Object(JSON.parse(text)) as Seen
  } catch {
    return {}
  }
}

const textOf = (key: string): string => kept(key) ?? here.get(key) ?? '{}'

function listen(call: () => void): () => void {
  listeners.add(call)
  return () => listeners.delete(call)
}

/** No event says that a grade was read: this browser tab keeps which were. */
function read(key: string, { subject, position }: Fresh): void {
  const text = JSON.stringify({ ...parsed(textOf(key)), [nameOf(subject)]: position })
  keep(key, text)
  if (kept(key) !== text) here.set(key, text)
  for (const call of listeners) call()
}

/** All that was graded by people or answered of a team, each with the latest word on it. */
export function gradesOf(team: TeamState | undefined): readonly Fresh[] {
  if (!team) return []
  const latest = new Map<string, Fresh>()
  const add = (subject: AppealSubject, position: number, appeal: boolean) => {
    const before = latest.get(nameOf(subject))
    if (!before || before.position < position) latest.set(nameOf(subject), { subject, position, appeal })
  }
  // What the platform grades stands there as soon as somebody has answered.
  for (const { inject, grades } of team.injects)
    for (const { grader, position } of grades)
      if (grader > 0) add({ kind: 'inject', id: inject }, position, false)
  for (const { report, grades } of team.reports)
    for (const { position } of grades) add({ kind: 'report', id: report }, position, false)
  for (const { subject, answer } of team.appeals) if (answer) add(subject, answer.position, true)
  return [...latest.values()]
}

const teamIn = (state: State, id: string) => state.teams.find((one) => one.id === id)

/** What came for the team and was not looked at here yet. Of no other seat: who grades knows it. */
export function useFresh(team: string): readonly Fresh[] {
  const state = useExerciseState()
  const { seat } = useAudience()
  const key = keyOf(team)
  const seen = parsed(useSyncExternalStore(listen, () => textOf(key)))
  if (seat !== 'blue') return []
  return gradesOf(teamIn(state, team)).filter(
    ({ subject, position }) => (seen[nameOf(subject)] ?? -1) < position,
  )
}

/** What stands before the reader is read. `kind` alone: all of that kind. */
export function useReadGrades(team: string, kind: AppealSubject['kind'], id?: string): void {
  const fresh = useFresh(team).filter(
    ({ subject }) => subject.kind === kind && (id === undefined || subject.id === id),
  )
  useEffect(() => {
    for (const one of fresh) read(keyOf(team), one)
  })
}
