import { expect, test } from 'vitest'
import { saidOf } from '../../server/exercise/fold/changes.ts'
import type { EntryChange } from '../../server/exercise/scenario/entry-change.ts'
import { ACT_NAMES, stepsBack, undoOf } from '../../web/msel/acts.ts'
import { runningRun } from '../exercise/run.ts'

const ENTRY = { kind: 'attack', id: 'wave-5' } as const
const all = { ...ENTRY, team: null }

/** What one team and the other have of the entry, after `before` for one team, `act` for all, and the steps that undo that. */
function undone(before: EntryChange | null, change: EntryChange, back: EntryChange | null) {
  const run = runningRun()
  const [one, other] = run.state.teams
  const [attack] = run.state.scenario.attacks
  const ref = { kind: 'attack', id: attack?.id ?? '' } as const
  const seen = () => run.state.entries[`attack/${ref.id}`]?.count ?? 0
  const give = (team: string | null, what: EntryChange) =>
    run.give('change-entry', { ...ref, team, change: what, seen: seen() })
  const so = () =>
    [one, other].map((team) => {
      const { held, cancelled } = saidOf(run.state, team ?? null, ref)
      return [held !== null, cancelled !== null]
    })
  if (before) give(one?.id ?? '', before)
  const was = so()
  const steps = stepsBack(run.state, { ...ref, team: null }, back)
  give(null, change)
  for (const step of steps) if (step.change) give(step.target.team, step.change)
  return { was, is: so() }
}

test.each([
  ['cancel', 'cancel'],
  ['hold', 'hold'],
  ['cancel', 'hold'],
  ['hold', 'cancel'],
  [null, 'cancel'],
] as const)('%s for one team stays when %s for all is undone', (before, act) => {
  const { was, is } = undone(before && { kind: before }, { kind: act }, undoOf(act))
  expect(is).toEqual(was)
})

test.each(ACT_NAMES)(
  '%s of an entry of which nothing was said is undone in one step, or changed nothing',
  (act) => {
    const { state } = runningRun()
    const steps = ['release', 'restore'].includes(act) ? [] : [{ target: all, change: undoOf(act) }]
    expect(stepsBack(state, all, undoOf(act))).toEqual(steps)
  },
)
