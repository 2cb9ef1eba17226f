import { entryKey, saidOf } from '../fold/changes.ts'
import { hasCome } from '../fold/has-come.ts'
import type { State, TeamState } from '../fold/state.ts'
import type { EntryEdit } from '../scenario/entry-change.ts'
import type { EntryRef } from '../scenario/trigger.ts'
import { firedMs, isFor, type Timed } from '../schedule/moment-of.ts'
import { entriesOf } from '../schedule/timeline.ts'
import { addEntry } from './decide-add-entry.ts'
import {
  accept,
  type Deciders,
  type Decision,
  fact,
  noLongerSo,
  nothing,
  refuse,
  wrongPhase,
} from './decision.ts'
import { fitText, MOVE_MOST_MS, TEXT_LENGTH, TITLE_LENGTH, teamsTrouble } from './entry-words.ts'
import { notesBack } from './notes-back.ts'
import { rubricTrouble } from './rubric-trouble.ts'

/** What the instructor does with the timeline. */
export const timeline: Deciders<'fire-entry' | 'change-entry' | 'add-entry'> = {
  'fire-entry': (state, command, at) => {
    if (state.phase !== 'running') return wrongPhase(state, command)
    return withEntry(state, command.data, (ref, targets) => {
      const entry = ref.id
      const open = targets.filter((team) => !saidOf(state, team, ref).cancelled)
      if (open.length === 0)
        return refuse('entry-cancelled', `${entry} is cancelled. Restore it before you fire it.`, { entry })
      if (open.every((team) => firedMs(state, team, ref) !== null && !saidOf(state, team, ref).held))
        return refuse('already-fired', `${entry} has been fired already.`, { entry })
      return accept(fact('entry.fired', at, { ...ref, team: command.data.team, by: command.by }))
    })
  },

  'change-entry': (state, command, at) => {
    const { change, seen, team } = command.data
    if (state.exerciseId === '' || state.phase === 'ended') return wrongPhase(state, command)
    const back = notesBack(state, command, at)
    if (back) return back
    return withEntry(state, command.data, (ref, targets, entry) => {
      const said = targets.map((one) => saidOf(state, one, ref))
      const changed = () => accept(fact('entry.changed', at, { ...ref, team, change, by: command.by }))
      switch (change.kind) {
        case 'hold':
          return said.every(({ held }) => held) ? nothing : changed()
        case 'release':
          return said.some(({ held }) => held) ? changed() : nothing
        case 'cancel':
          return said.every(({ cancelled }) => cancelled) ? nothing : changed()
        case 'restore':
          return said.some(({ cancelled }) => cancelled) ? changed() : nothing
        case 'move':
        case 'edit': {
          const trouble =
            change.kind === 'move'
              ? moveTrouble(state, entry, said, change.byMs)
              : editTrouble(state, { ...ref, team }, change)
          if (trouble) return trouble
          // These add up, or overwrite what somebody else wrote: whoever gives them has seen what was done before.
          const count = state.entries[entryKey(ref)]?.count ?? 0
          return seen === count ? changed() : noLongerSo(`The number of changes of ${ref.id}`, seen, count)
        }
      }
    })
  },

  'add-entry': addEntry,
}

/** Goes on with an entry and the teams (null: all at once) that are meant and to whom it has not come, or refuses. */
function withEntry(
  state: State,
  { kind, id, team }: EntryRef & { readonly team: string | null },
  then: (ref: EntryRef, targets: readonly (TeamState | null)[], entry: Timed) => Decision,
): Decision {
  const ref = { kind, id }
  const entry = entriesOf(state).find((one) => one.kind === kind && one.id === id)
  if (!entry) return refuse('unknown-entry', `The timeline has no ${kind} ${id}.`, { entry: id })
  if (kind === 'phase' && team !== null)
    return refuse('phase-for-all', 'A phase begins for all teams at once.', { entry: id })
  const named = state.teams.filter((one) => team === null || one.id === team)
  if (named.length === 0)
    return refuse('unknown-team', `There is no team ${team} in this exercise.`, { team: team ?? '' })
  const meant = kind === 'phase' ? [null] : named.filter((one) => isFor(entry, one.id))
  if (meant.length === 0)
    return refuse('not-for-team', `${id} is not for ${team ?? 'any team'}.`, { entry: id, team: team ?? '' })
  const targets = meant.filter((one) => !hasCome(state, one, ref))
  if (targets.length > 0) return then(ref, targets, entry)
  const whom = team ?? 'every team that it is for'
  return refuse('already-came', `${id} has come to ${whom}: it can no longer be fired or changed.`, {
    entry: id,
  })
}

/** Why an entry can not be moved so far, or null. */
function moveTrouble(
  { scenario: { durationMs } }: State,
  { id, trigger }: Timed,
  said: readonly { readonly byMs: number; readonly firedMs: number | null }[],
  byMs: number,
): Decision | null {
  if (!Number.isInteger(byMs) || byMs === 0 || Math.abs(byMs) > MOVE_MOST_MS)
    return refuse('bad-change', `An entry is moved by at most ${MOVE_MOST_MS} ms, and by more than none.`, {
      entry: id,
    })
  if (trigger.kind === 'manual' && said.every(({ firedMs: fired }) => fired === null))
    return refuse('moves-nothing', `${id} comes only when you fire it: there is no time to move.`, {
      entry: id,
    })
  const furthest = Math.max(...said.map((one) => one.byMs)) + byMs
  if (byMs > 0 && trigger.kind === 'at' && trigger.atMs + furthest >= durationMs)
    return refuse('after-the-end', `${id} would come after the end of the exercise. Cancel it instead.`, {
      entry: id,
    })
  return null
}

const FIELDS = {
  inject: ['title', 'text', 'withinMs', 'teams', 'roles', 'rubric'],
  attack: ['title'],
  note: ['text'],
} as const

/** Why an entry can not be edited so, or null. */
function editTrouble(
  state: State,
  { kind, id, team }: EntryRef & { readonly team: string | null },
  { kind: _, ...edit }: EntryEdit & { readonly kind: string },
): Decision | null {
  const bad = (why: string) => refuse('bad-change', `${id} can not be changed so: ${why}.`, { entry: id })
  const given = Object.entries(edit).flatMap(([name, value]) => (value === undefined ? [] : [name]))
  const known: readonly string[] = kind in FIELDS ? FIELDS[kind as keyof typeof FIELDS] : []
  if (team !== null) return bad('its words are the same for all teams')
  const odd = given.find((name) => !known.includes(name))
  if (odd !== undefined) return bad(`a ${kind} has no ${odd} to change`)
  if (given.length === 0) return bad('nothing is given')
  const { title, text, withinMs, teams, rubric } = edit
  if (title && !fitText(title, TITLE_LENGTH)) return bad(`a title has 1 to ${TITLE_LENGTH} characters`)
  if (text && !fitText(text, TEXT_LENGTH)) return bad(`a text has 1 to ${TEXT_LENGTH} characters`)
  if (typeof withinMs === 'number' && !(withinMs > 0 && withinMs <= MOVE_MOST_MS))
    return bad('the time to answer is none')
  const ungraded = rubric && rubricTrouble(state, id, rubric)
  if (ungraded) return bad(ungraded)
  return teams ? teamsTrouble(state, teams) : null
}
