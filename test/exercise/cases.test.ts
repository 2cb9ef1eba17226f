import { expect, test } from 'vitest'
import { exerciseTimeAt, timeOfDay, timeOfDayUntil } from '#exercise/fold/clock-turns.ts'
import { fold } from '#exercise/fold/evolve.ts'
import type { Actor } from '#exercise/ledger/actor.ts'
import { redact } from '#exercise/ledger/audience.ts'
import { caseViews } from '#exercise/views/case-views.ts'
import { reportViews } from '#exercise/views/report-views.ts'
import { peopledScenario } from './made-scenario.ts'
import { attacked, fixed, look, type Run, runningRun, seen } from './run.ts'

const team = 'meremaa'
const anna: Actor = { kind: 'seat', seatId: 'blue', seat: 'blue', name: 'Anna' }
const AT = 20_000
const white = { seat: 'white' } as const
const blue = { seat: 'blue', team } as const
const running = () => runningRun(peopledScenario)
const shown = (run: Run) => caseViews(run.state, team, white)
const brief = (run: Run) => shown(run).map((one) => `${one.case} ${one.about.kind} ${one.state}`)
const ownStream = (run: Run) => run.ledger.flatMap((event) => redact(event, blue) ?? [])

test('an attack that landed, a complaint and an outage each open a case by themselves; what ends it closes it', () => {
  const run = running()
  seen(run, team, 'tax/alive', 'down', AT)
  expect(brief(run)).toEqual(['C1 alert open'])
  expect(shown(run)[0]).toMatchObject({ service: 'tax', sinceMs: AT, evidence: { received: 'was down' } })
  seen(run, team, 'tax/alive', 'up', AT + 1_000)
  expect(shown(run)[0]).toMatchObject({ state: 'closed', confirmedMs: AT + 1_000 })
  const visit = { team, persona: 'worker', service: 'tax', journey: 'file' }
  run.give('report-visit', { ...visit, ...look('broken') }, AT + 2_000)
  expect(brief(run)).toEqual(['C2 ticket open', 'C1 alert closed'])
  run.give('report-visit', { ...visit, ...look('up') }, AT + 3_000)
  attacked(run, team, 'wave-1', 'landed')
  expect(brief(run)).toEqual(['C3 attack open', 'C2 ticket closed', 'C1 alert closed'])
  fixed(run, team, 'wave-1', run.state.atMs + 5_000)
  expect(brief(run)[0]).toBe('C3 attack closed')
})

test('a blocked attack is a case that is over; one that failed because the service was away is not', () => {
  const run = running()
  attacked(run, team, 'wave-1', 'defended')
  attacked(run, team, 'wave-2', 'outage')
  expect(brief(run)).toEqual(['C2 attack open', 'C1 attack closed'])
})

test('an attack that the team has not seen opens no case, and leaves no gap in the numbers', () => {
  const run = running()
  run.give('launch-attack', { team, attack: 'wave-1' }, 60_000)
  expect(shown(run)).toEqual([])
  seen(run, team, 'tax/alive', 'down', 61_000)
  expect(brief(run)).toEqual(['C1 alert open'])
  // Whatever happens to others counts in nobody else's numbers.
  attacked(run, 'saareke', 'wave-1', 'landed', 62_000)
  run.give('open-case', { team, title: 'Odd login', service: null, sinceMs: 60_000, seen: 0 }, 63_000, anna)
  expect(brief(run)).toEqual(['C1 alert open', 'C2 hand open'])
  expect(caseViews(fold(ownStream(run)), team, blue)).toEqual(caseViews(run.state, team, white))
  expect(JSON.stringify(caseViews(run.state, team, white))).not.toContain('wave-1')
})

test('what a team notes is for itself and white alone', () => {
  const run = running()
  run.give('open-case', { team, title: 'Odd login', service: 'tax', sinceMs: AT, seen: 0 }, AT, anna)
  run.give('note-case', { team, case: 'C1', text: 'Between us', seen: 0 }, AT, anna)
  run.give('set-case-state', { team, case: 'C1', state: 'waiting', seen: 0 }, AT, anna)
  for (const audience of [
    { seat: 'guest' },
    { seat: 'observer' },
    { seat: 'blue', team: 'saareke' },
  ] as const) {
    const stream = run.ledger.flatMap((event) => redact(event, audience) ?? [])
    expect(JSON.stringify(stream)).not.toMatch(/Anna|Between us|Odd login|case\./)
    expect(caseViews(run.state, team, audience)).toEqual([])
  }
  expect(caseViews(fold(ownStream(run)), team, blue)).toMatchObject([
    { state: 'waiting', notes: [{ text: 'Between us', by: { name: 'Anna' } }] },
  ])
})

test('whoever takes a case on works on it; who lets go leaves it open; when it is closed it is nobody’s, and opens again', () => {
  const run = running()
  seen(run, team, 'tax/alive', 'down', AT)
  const subject = { kind: 'case', id: 'C1' } as const
  run.give('claim-work', { team, subject, seen: 0 }, AT, anna)
  expect(shown(run)[0]).toMatchObject({ state: 'working', owner: { name: 'Anna' } })
  run.give('release-work', { team, subject, seen: 1 }, AT, anna)
  expect(shown(run)[0]).toMatchObject({ state: 'open', owner: null })
  run.give('claim-work', { team, subject, seen: 0 }, AT, anna)
  const turn = shown(run)[0]?.turn ?? -1
  expect(run.refused('set-case-state', { team, case: 'C1', state: 'waiting', seen: 0 }, AT, anna).code).toBe(
    'no-longer-so',
  )
  run.give('set-case-state', { team, case: 'C1', state: 'closed', seen: turn }, AT, anna)
  expect(shown(run)[0]).toMatchObject({ state: 'closed', owner: null, confirmedMs: null })
  expect(run.refused('claim-work', { team, subject, seen: 0 }, AT, anna).code).toBe('unknown-work')
  run.give('set-case-state', { team, case: 'C1', state: 'open', seen: turn + 1 }, AT, anna)
  expect(shown(run)[0]).toMatchObject({ state: 'open' })
})

test('a service that fails again within minutes opens the same case again; later it is another', () => {
  const run = running()
  const flap = (at: number) => {
    seen(run, team, 'tax/alive', 'down', at)
    seen(run, team, 'tax/alive', 'up', at + 1_000)
  }
  for (let n = 0; n < 10; n += 1) flap(AT + n * 10_000)
  expect(shown(run)).toMatchObject([{ case: 'C1', again: 9, state: 'closed' }])
  flap(AT + 100_000 + 6 * 60_000)
  expect(brief(run)).toEqual(['C2 alert closed', 'C1 alert closed'])
})

test('who opens, closes and writes all day is refused at last, and what is open stays', () => {
  const run = running()
  seen(run, team, 'tax/alive', 'down', AT)
  const open = (n: number) =>
    run.give('open-case', { team, title: `Case ${n}`, service: null, sinceMs: AT, seen: n }, AT, anna)
  for (let n = 0; n < 200; n += 1) {
    open(n)
    run.give('set-case-state', { team, case: `C${n + 2}`, state: 'closed', seen: 0 }, AT, anna)
  }
  const refused = (data: Partial<{ title: string; service: string | null; sinceMs: number }>) =>
    run.refused('open-case', { team, title: 'One', service: null, sinceMs: AT, seen: 200, ...data }, AT, anna)
      .code
  expect(refused({})).toBe('too-many-cases')
  expect(shown(run)).toHaveLength(200)
  expect(brief(run)[0]).toBe('C1 alert open')
  for (const title of ['', ' \n', '\u200b', 'x'.repeat(201)]) expect(refused({ title })).toBe('case-words')
  expect(refused({ sinceMs: AT + 1 })).toBe('case-moment')
  expect(refused({ service: 'no-such' })).toBe('unknown-service')
  for (let n = 0; n < 100; n += 1)
    run.give('note-case', { team, case: 'C1', text: `Note ${n}`, seen: n }, AT, anna)
  expect(run.refused('note-case', { team, case: 'C1', text: 'More', seen: 100 }, AT, anna).code).toBe(
    'too-many-cases',
  )
  expect(run.refused('note-case', { team, case: 'C999', text: 'More', seen: 0 }, AT, anna).code).toBe(
    'unknown-case',
  )
})

test('a report begins with what the case knows; thrown away, it can be begun again', () => {
  const run = running()
  attacked(run, team, 'wave-1', 'landed')
  const at = run.state.atMs
  run.give('note-case', { team, case: 'C1', text: 'Account locked.', seen: 0 }, at, anna)
  run.give('begin-case-report', { team, case: 'C1' }, at, anna)
  const [report] = reportViews(run.state, team, blue)
  const said = Object.fromEntries(report?.draft.map(({ field, text }) => [field, text]) ?? [])
  expect(said).toMatchObject({
    noticed: expect.stringMatching(/^\d/),
    actions: expect.stringMatching(/Account locked/),
  })
  expect(said.service).toBe(shown(run)[0]?.service)
  expect(said.indicators).toContain('GET /secret-path')
  expect(said).not.toHaveProperty('technique')
  expect(shown(run)[0]?.report).toBe('R1')
  expect(run.give('begin-case-report', { team, case: 'C1' }, at, anna)).toEqual([])
  run.give('discard-report-draft', { team, report: 'R1' }, at, anna)
  expect(shown(run)[0]?.report).toBeNull()
  run.give('begin-case-report', { team, case: 'C1' }, at, anna)
  expect(shown(run)[0]?.report).toBe('R1')
  run.give('open-case', { team, title: 'Of nothing', service: null, sinceMs: at, seen: 0 }, at, anna)
  expect(run.refused('begin-case-report', { team, case: 'C2' }, at, anna).code).toBe('case-no-service')
})

test('when it is over nothing more is done with cases', () => {
  const run = running()
  seen(run, team, 'tax/alive', 'down', AT)
  run.give('end-exercise', { reason: 'enough' }, AT)
  for (const [type, data] of [
    ['open-case', { team, title: 'Late', service: null, sinceMs: AT, seen: 0 }],
    ['note-case', { team, case: 'C1', text: 'Late', seen: 0 }],
    ['set-case-state', { team, case: 'C1', state: 'closed', seen: 0 }],
    ['begin-case-report', { team, case: 'C1' }],
  ] as const)
    expect(run.refused(type, data, AT, anna).code).toBe('wrong-phase')
})

test('restarts are marks of a service', () => {
  const run = running()
  const died = { team, service: 'tax', exitCode: 1, oom: false }
  run.give('report-container', { ...died, happened: 'died' }, AT)
  run.give('report-container', { ...died, happened: 'started' }, AT + 500)
  const tax = run.state.teams.find(({ id }) => id === team)?.services.find(({ id }) => id === 'tax')
  expect(tax?.marks).toEqual([
    { atMs: AT, what: 'died' },
    { atMs: AT + 500, what: 'started' },
  ])
})

test('exercise time and the time of day stand for each other, through pauses, jumps, speeds and a stop of the platform', () => {
  const clock = [
    { atMs: 0, wall: 1_000_000, speed: 1 },
    { atMs: 60_000, wall: 1_060_000, speed: 0 },
    { atMs: 60_000, wall: 1_360_000, speed: 2 },
    { atMs: 300_000, wall: 1_380_000, speed: 2 },
    { atMs: 320_000, wall: 1_490_000, speed: 1 },
  ]
  const state = { clock }
  expect(exerciseTimeAt(state, 999_999)).toBeNull()
  expect([1_030_000, 1_200_000, 1_370_000, 1_385_000].map((wall) => exerciseTimeAt(state, wall))).toEqual([
    30_000, 60_000, 80_000, 310_000,
  ])
  // While the platform was away time did not go on.
  expect(exerciseTimeAt(state, 1_480_000)).toBe(320_000)
  expect(exerciseTimeAt(state, 1_500_000)).toBe(330_000)
  expect([0, 60_000, 80_000, 200_000, 310_000].map((at) => timeOfDay(state, at))).toEqual([
    1_000_000, 1_060_000, 1_370_000, 1_380_000, 1_385_000,
  ])
  // What stood still stands for all of that time.
  expect(timeOfDayUntil(state, 60_000)).toBe(1_360_000)
  expect(timeOfDayUntil(state, 200_000)).toBe(1_380_000)
  expect(timeOfDayUntil(state, 330_000)).toBe(1_500_000)
  expect(timeOfDay({ clock: [] }, 0)).toBeNull()
  expect(timeOfDayUntil({ clock: [{ atMs: 0, wall: 5, speed: 0 }] }, 0)).toBeNull()
})

test('an exercise folds how its clock goes', () => {
  const run = running()
  run.give('pause-exercise', { reason: 'coffee' }, AT)
  run.give('resume-exercise', {}, AT)
  run.give('change-speed', { speed: 4 }, AT + 10)
  expect(run.state.clock.map(({ atMs, speed }) => [atMs, speed])).toEqual([
    [0, 1],
    [AT, 0],
    [AT, 1],
    [AT + 10, 4],
  ])
})
