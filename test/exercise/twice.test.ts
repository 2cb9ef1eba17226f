import { expect, test } from 'vitest'
import type { Command, CommandPayloads } from '#exercise/decide/commands.ts'
import type { wireCommand } from '../../server/live/wire.ts'
import { white } from '../kit/actors.ts'
import { livedInScenario, text } from './made-scenario.ts'
import { attacked, look, type Run, readyRun, runningRun } from './run.ts'

type Given = { readonly [T in SeatCommandType]: readonly [open: () => Run, data: CommandPayloads[T]] }
type SeatCommandType = (typeof wireCommand)['options'][number]['shape']['type']['value']

const AT = 20_000
const team = 'meremaa'
const running = () => runningRun(livedInScenario)
const paused = () => after(running(), (run) => run.give('pause-exercise', { reason: 'coffee' }, AT))
const quiet = () => runningRun()
const waiting = () =>
  runningRun({
    ...livedInScenario,
    tutor: [{ id: 'look', text: text('Look.'), trigger: { kind: 'manual' } }],
  })
const complaint = () =>
  after(running(), (run) => {
    const visit = { team, persona: 'worker', service: 'tax', journey: 'file' }
    run.give('report-visit', { ...visit, ...look('broken') }, AT)
  })
const attackedOnce = () => after(quiet(), (run) => attacked(run, team, 'wave-1', 'defended'))
const seated = () =>
  after(running(), (run) =>
    run.give('issue-seat', { seatId: 's1', seat: 'observer', team: null, label: 'Press' }, AT),
  )

function after(run: Run, then: (run: Run) => unknown): Run {
  then(run)
  return run
}

/** Every command that a seat may give, where it means something. A new one that is not here does not compile. */
const GIVEN: Given = {
  'start-exercise': [readyRun, {}],
  'pause-exercise': [running, { reason: 'coffee' }],
  'resume-exercise': [paused, {}],
  'skip-quiet-time': [quiet, { toMs: 50_000 }],
  'change-speed': [running, { speed: 4 }],
  'fire-entry': [waiting, { kind: 'note', id: 'look', team: null }],
  'end-exercise': [running, { reason: 'enough' }],
  'change-pilot': [running, { team: 'saareke', pilot: 'person' }],
  'take-hint': [running, { team, weakness: 'tax-1', level: 1 }],
  'answer-ticket': [complaint, { team, ticket: 'T1', text: 'We are at it.' }],
  'issue-seat': [running, { seatId: 's1', seat: 'observer', team: null, label: 'Press' }],
  'revoke-seat': [seated, { seatId: 's1' }],
  'adjust-score': [attackedOnce, { team, category: 'defence', points: 5, reason: 'Good report', seen: 0 }],
  'add-note': [running, { text: 'Asked for a break.' }],
}

test.each(Object.entries(GIVEN))(
  '%s given again, by a second press or from a second page, does nothing more',
  (type, [open, data]) => {
    const run = open()
    const command = { type, data, at: AT, by: white() } as Command
    const given = (at: number) => run.try({ ...command, at } as Command)
    const before = run.ledger.length
    expect(given(AT)).toBe(true)
    const once = run.ledger.length
    expect(once).toBeGreaterThan(before)
    // At once, and when the first one's reply was lost on the way: 12 s later.
    for (const at of [AT, AT + 12_000, AT + 60_000]) given(at)
    expect(run.ledger.length).toBe(once)
  },
)

test('a hint is bought at the price that was confirmed, or not at all', () => {
  const run = running()
  const hint = (level: number) => ({ team, weakness: 'tax-1', level })
  run.give('take-hint', hint(1), AT)
  expect(run.refused('take-hint', hint(1), AT)).toMatchObject({
    code: 'no-longer-so',
    params: { seen: 1, now: 2 },
  })
  expect(run.refused('take-hint', hint(3), AT).code).toBe('no-longer-so')
  run.give('take-hint', hint(2), AT)
})

test('two instructors who adjust at the same moment: the second one looks again first', () => {
  const run = attackedOnce()
  const adjust = { team, category: 'defence', points: 5, reason: 'Good report' } as const
  run.give('adjust-score', { ...adjust, seen: 0 }, AT)
  expect(run.refused('adjust-score', { ...adjust, points: 7, seen: 0 }, AT).code).toBe('no-longer-so')
  run.give('adjust-score', { ...adjust, points: 7, seen: 1 }, AT)
})
