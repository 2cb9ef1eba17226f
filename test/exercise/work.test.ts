import { expect, test } from 'vitest'
import { fold } from '#exercise/fold/evolve.ts'
import type { Actor } from '#exercise/ledger/actor.ts'
import { redact } from '#exercise/ledger/audience.ts'
import type { Audience } from '#exercise/scenario/model.ts'
import { exerciseView } from '#exercise/views/exercise-view.ts'
import { hintViews } from '#exercise/views/hint-views.ts'
import { workView } from '#exercise/views/work-view.ts'
import { peopledScenario } from './made-scenario.ts'
import { look, runningRun } from './run.ts'

const team = 'meremaa'
const anna: Actor = { kind: 'seat', seatId: 'blue', seat: 'blue', name: 'Anna' }
const bo: Actor = { ...anna, name: 'Bo' }
const tax = { kind: 'service', id: 'tax' } as const
const AT = 20_000
const white = { seat: 'white' } as const
const running = () => runningRun(peopledScenario)

test('whoever takes something on is shown beside it, and anybody of the team takes it over', () => {
  const run = running()
  run.give('claim-work', { team, subject: tax, seen: 0 }, AT, anna)
  expect(workView(run.state, team, white).claims).toMatchObject([
    { subject: tax, by: { name: 'Anna' }, atMs: AT },
  ])
  run.give('claim-work', { team, subject: tax, seen: 1 }, AT + 1, bo)
  expect(workView(run.state, team, white).claims).toMatchObject([{ by: { name: 'Bo' }, turn: 2 }])
  run.give('release-work', { team, subject: tax, seen: 2 }, AT + 2, anna)
  expect(workView(run.state, team, white).claims).toEqual([])
})

test('two who take the same thing at the same moment: the second one looks again first', () => {
  const run = running()
  run.give('claim-work', { team, subject: tax, seen: 0 }, AT, anna)
  expect(run.refused('claim-work', { team, subject: tax, seen: 0 }, AT, bo).code).toBe('no-longer-so')
  run.give('claim-work', { team, subject: tax, seen: 1 }, AT, bo)
  // A release that was meant for an earlier claim takes nothing from anybody.
  expect(run.refused('release-work', { team, subject: tax, seen: 1 }, AT, anna).code).toBe('no-longer-so')
})

test('only what is there can be worked on; a complaint that is mended is nobody’s', () => {
  const run = running()
  const refused = (subject: { kind: 'service' | 'ticket' | 'inject'; id: string }) =>
    run.refused('claim-work', { team, subject, seen: 0 }, AT, anna).code
  expect(refused({ kind: 'service', id: 'no-such' })).toBe('unknown-work')
  expect(refused({ kind: 'ticket', id: 'T1' })).toBe('unknown-work')
  expect(refused({ kind: 'inject', id: 'press-asks' })).toBe('unknown-work')
  run.give('send-inject', { team, inject: 'press-asks' }, AT)
  run.give('claim-work', { team, subject: { kind: 'inject', id: 'press-asks' }, seen: 0 }, AT, anna)
  const visit = { team, persona: 'worker', service: 'tax', journey: 'file' }
  run.give('report-visit', { ...visit, ...look('broken') }, AT)
  run.give('claim-work', { team, subject: { kind: 'ticket', id: 'T1' }, seen: 0 }, AT, anna)
  expect(workView(run.state, team, white).claims).toHaveLength(2)
  run.give('report-visit', { ...visit, ...look('up') }, AT)
  expect(workView(run.state, team, white).claims.map(({ subject }) => subject.kind)).toEqual(['inject'])
})

test('claims cost and earn nothing, and end: who shouts all day is refused at last', () => {
  const run = running()
  let turn = 0
  const shout = (by: Actor) => run.give('claim-work', { team, subject: tax, seen: turn++ }, AT, by)
  for (let i = 0; i < 5_000; i += 1) {
    shout(anna)
    shout(bo)
  }
  expect(run.refused('claim-work', { team, subject: tax, seen: turn }, AT, anna).code).toBe('too-many-claims')
  expect(run.state.teams[0]?.work.claims).toHaveLength(1)
})

test('a hand-over note stays until the next; earlier ones are kept, so many of them', () => {
  const run = running()
  const write = (text: string, seen: number, by = anna) =>
    run.give('write-handover', { team, text, seen }, AT, by)
  write('  Tax is mended.\nThe portal is not.  ', 0)
  expect(run.refused('write-handover', { team, text: 'Bo’s note', seen: 0 }, AT, bo).code).toBe(
    'no-longer-so',
  )
  write('Bo’s note', 1, bo)
  expect(workView(run.state, team, white).handovers).toMatchObject([
    { text: 'Tax is mended.\nThe portal is not.', by: { name: 'Anna' } },
    { text: 'Bo’s note', by: { name: 'Bo' } },
  ])
  for (let n = 2; n < 30; n += 1) write(`Note ${n}`, n)
  const { handovers, written } = workView(run.state, team, white)
  expect([handovers.length, handovers.at(-1)?.text, written]).toEqual([20, 'Note 29', 30])
  for (const text of ['', ' \n ', '\u0000', '\u200b\u2800', 'x'.repeat(4_001)])
    expect(run.refused('write-handover', { team, text, seen: 30 }, AT, anna).code).toBe('handover-length')
})

test('of who works on what, and of notes, nobody hears but white and the team', () => {
  const run = running()
  run.give('claim-work', { team, subject: tax, seen: 0 }, AT, anna)
  run.give('write-handover', { team, text: 'Between us', seen: 0 }, AT, anna)
  for (const audience of [
    { seat: 'guest' },
    { seat: 'observer' },
    { seat: 'blue', team: 'saareke' },
  ] as const) {
    const stream = run.ledger.flatMap((event) => redact(event, audience) ?? [])
    expect(JSON.stringify(stream)).not.toMatch(/Anna|Between us|work\.claimed/)
    expect(workView(fold(stream), team, audience)).toEqual(workView(run.state, team, audience))
    expect(workView(run.state, team, audience).claims).toEqual([])
  }
  const own = run.ledger.flatMap((event) => redact(event, { seat: 'blue', team }) ?? [])
  expect(workView(fold(own), team, { seat: 'blue', team })).toEqual(workView(run.state, team, white))
})

test('when it is over nothing more is taken on', () => {
  const run = running()
  run.give('end-exercise', { reason: 'enough' }, AT)
  expect(run.refused('claim-work', { team, subject: tax, seen: 0 }, AT, anna).code).toBe('wrong-phase')
  expect(run.refused('write-handover', { team, text: 'Late', seen: 0 }, AT, anna).code).toBe('wrong-phase')
})

test('who answered a complaint and who took a hint is said to white and the team alone', () => {
  const run = running()
  const visit = { team, persona: 'worker', service: 'tax', journey: 'file' }
  run.give('report-visit', { ...visit, ...look('broken') }, AT)
  run.give('answer-ticket', { team, ticket: 'T1', text: 'We are at it.' }, AT, anna)
  run.give('take-hint', { team, weakness: 'tax-1', level: 1 }, AT, bo)
  const told = (audience: Audience) => {
    const stream = run.ledger.flatMap((event) => redact(event, audience) ?? [])
    const view = exerciseView(fold(stream), AT, audience)
    expect(view).toEqual(exerciseView(run.state, AT, audience))
    return view.teams.find(({ id }) => id === team)?.tickets[0]?.by
  }
  expect([told(white), told({ seat: 'blue', team })]).toEqual(['Anna', 'Anna'])
  for (const other of [{ seat: 'guest' }, { seat: 'observer' }, { seat: 'blue', team: 'saareke' }] as const)
    expect(told(other)).toBeUndefined()
  expect(hintViews(run.state, team).find(({ weakness }) => weakness === 'tax-1')?.by).toEqual(['Bo'])
  expect(hintViews(run.state, team).find(({ weakness }) => weakness !== 'tax-1')).not.toHaveProperty('by')
})
