import type { RecordedOf } from '../ledger/events.ts'
import type { AddedEntry, EntryChange, EntryEdit } from '../scenario/entry-change.ts'
import type { Scenario } from '../scenario/model.ts'
import type { EntryRef } from '../scenario/trigger.ts'
import { edited, entryKey, nothingSaid } from './changes.ts'
import type { Draft } from './draft.ts'
import type { Change, EntryState, Said } from './entry-state.ts'
import { hasCome } from './has-come.ts'
import { tellWhite } from './story.ts'

/** So many of the things that were done to an entry are kept. */
const CHANGES_KEPT = 12

type Fact = RecordedOf<'entry.fired'> | RecordedOf<'entry.changed'>

export function entryFired(draft: Draft, event: RecordedOf<'entry.fired'>) {
  const { kind, id, team } = event.data
  // What was held and fired again stands there once.
  const others = draft.root.fired.filter((one) => one.kind !== kind || one.id !== id || one.team !== team)
  draft.root.fired = [...others, { kind, id, team, atMs: event.at }]
  say(draft, event, { kind: 'fire' }, null, (said) =>
    said.cancelled ? said : { ...said, firedMs: event.at, held: null, byMs: 0, sinceMs: event.at },
  )
  tellWhite(draft, event, 'neutral', 'entry.fired', { team, params: { entry: event.data.id } })
}

export function entryChanged(draft: Draft, event: RecordedOf<'entry.changed'>) {
  const { change, team, by } = event.data
  const mark = { by, atMs: event.at }
  const undo = undoOf(draft.root.scenario, event.data, change)
  const params = { entry: event.data.id, ...(change.kind === 'move' && { ms: change.byMs }) }
  if (change.kind === 'edit') draft.root.scenario = withEdit(draft.root.scenario, event.data, change)
  say(draft, event, change, undo, (said) => {
    const since = { ...said, sinceMs: event.at }
    switch (change.kind) {
      case 'hold':
        return { ...since, held: said.held ?? mark }
      case 'release':
        return { ...since, held: null }
      case 'move':
        return { ...since, byMs: said.byMs + change.byMs }
      case 'cancel':
        return { ...since, cancelled: said.cancelled ?? mark }
      case 'restore':
        return { ...since, cancelled: null }
      case 'edit':
        return said
    }
  })
  tellWhite(draft, event, 'neutral', `entry.${change.kind}`, { team, params })
}

export function entryAdded(draft: Draft, event: RecordedOf<'entry.added'>) {
  const { entry, by } = event.data
  const { scenario } = draft.root
  draft.root.scenario =
    entry.kind === 'inject'
      ? { ...scenario, injects: [...scenario.injects, entry.inject] }
      : { ...scenario, attacks: [...scenario.attacks, entry.attack] }
  const ref = { kind: entry.kind, id: addedId(entry) }
  const added: Change = { team: null, what: { kind: 'add' }, undo: { kind: 'cancel' }, by, atMs: event.at }
  put(draft, ref, { ...entryIn(draft, ref), count: 1, changes: [added] })
  tellWhite(draft, event, 'neutral', 'entry.added', { params: { entry: ref.id } })
}

const addedId = (entry: AddedEntry): string => (entry.kind === 'inject' ? entry.inject.id : entry.attack.id)

/** Says something of an entry, for the teams that are meant and to whom it has not come. */
function say(
  draft: Draft,
  { data, at }: Fact,
  what: Change['what'],
  undo: EntryChange | null,
  to: (said: Said) => Said,
) {
  const before = entryIn(draft, data)
  const meant = (index: number): boolean => {
    const team = draft.root.teams[index]
    return (
      team !== undefined && (data.team === null || data.team === team.id) && !hasCome(draft.root, team, data)
    )
  }
  const { team, by } = data
  put(draft, data, {
    all:
      data.team === null && !(data.kind === 'phase' && hasCome(draft.root, null, data))
        ? to(before.all)
        : before.all,
    teams: before.teams.map((said, index) => (meant(index) ? to(said) : said)),
    count: before.count + 1,
    changes: [...before.changes, { team, what, undo, by, atMs: at }].slice(-CHANGES_KEPT),
  })
}

const entryIn = ({ root }: Draft, ref: EntryRef): EntryState =>
  root.entries[entryKey(ref)] ?? {
    all: nothingSaid,
    teams: root.teams.map(() => nothingSaid),
    count: 0,
    changes: [],
  }

function put({ root }: Draft, ref: EntryRef, entry: EntryState) {
  root.entries = { ...root.entries, [entryKey(ref)]: entry }
}

/** What brings back what was before. */
function undoOf(scenario: Scenario, ref: EntryRef, change: EntryChange): EntryChange {
  switch (change.kind) {
    case 'hold':
      return { kind: 'release' }
    case 'release':
      return { kind: 'hold' }
    case 'move':
      return { kind: 'move', byMs: -change.byMs }
    case 'cancel':
      return { kind: 'restore' }
    case 'restore':
      return { kind: 'cancel' }
    case 'edit':
      return { kind: 'edit', ...wordsBefore(scenario, ref, change) }
  }
}

/** What the words and addressees are that an edit changes. */
function wordsBefore(
  scenario: Scenario,
  { kind, id }: EntryRef,
  { kind: _, ...edit }: EntryEdit & { readonly kind: string },
) {
  const all: readonly { readonly id: string }[] =
    kind === 'inject' ? scenario.injects : kind === 'attack' ? scenario.attacks : scenario.tutor
  const entry = all.find((one) => one.id === id) ?? {}
  return Object.fromEntries(Object.entries(entry).filter(([name]) => Object.hasOwn(edit, name))) as EntryEdit
}

function withEdit(scenario: Scenario, { kind, id }: EntryRef, edit: EntryEdit): Scenario {
  const change = <E extends { readonly id: string }>(list: readonly E[]): readonly E[] =>
    list.map((one) => (one.id === id ? edited(one, edit) : one))
  if (kind === 'inject') return { ...scenario, injects: change(scenario.injects) }
  if (kind === 'attack') return { ...scenario, attacks: change(scenario.attacks) }
  return kind === 'note' ? { ...scenario, tutor: change(scenario.tutor) } : scenario
}
