import { describe, expect, test } from 'vitest'
import { decide } from '#exercise/decide/decide.ts'
import { initialState, verdictOf } from '#exercise/fold/state.ts'
import { PLATFORM } from '#exercise/ledger/actor.ts'
import { blue, white } from '../kit/actors.ts'
import { madeScenario, madeTeams } from './made-scenario.ts'
import { attacked, fixed, look, openRun, type Run, readyRun, runningRun, seen } from './run.ts'

const check = (run: Run, verdicts: readonly Parameters<typeof look>[0][], at?: number) =>
  run.give(
    'report-check',
    { team: 'meremaa', service: 'tax', journey: 'file', results: verdicts.map(look) },
    at,
  )
const types = (events: readonly { readonly type: string }[]) => events.map((e) => e.type)

describe('phases', () => {
  test('created, deploying, ready, running, paused, running, ended', () => {
    const run = readyRun()
    expect(run.state.phase).toBe('ready')
    expect(types(run.give('start-exercise', {}))).toEqual(['exercise.started', 'phase.entered'])
    run.give('pause-exercise', { reason: 'coffee' }, 10_000, white())
    expect(run.state.phase).toBe('paused')
    run.give('resume-exercise', {}, 10_000, white())
    run.give('end-exercise', { reason: 'done' }, 20_000, white())
    expect(run.state).toMatchObject({ phase: 'ended', atMs: 20_000 })
  })

  test('a command in the wrong phase is refused with a code and the phase', () => {
    const run = readyRun()
    expect(run.refused('pause-exercise', { reason: '' })).toMatchObject({
      code: 'wrong-phase',
      params: { phase: 'ready', command: 'pause-exercise' },
    })
    expect(run.refused('start-deploy', {}).code).toBe('wrong-phase')
    expect(run.refused('resume-exercise', {}).code).toBe('wrong-phase')
  })

  test('a failed deploy leads back to created, and can be tried again', () => {
    const run = readyRunUntilDeploying()
    run.give('fail-deploy', { team: 'meremaa', reason: 'image did not build', evidence: 'npm: not found' })
    expect(run.state).toMatchObject({ phase: 'created', failure: { reason: 'image did not build' } })
    run.give('start-deploy', {})
    expect(run.state).toMatchObject({ phase: 'deploying', failure: null })
  })

  test('a proof of isolation holds for the deploy in which it was given', () => {
    const run = readyRunUntilDeploying()
    const checks = [{ name: 'host', target: '10.1.0.1', ok: true, detail: 'refused' }]
    for (const { id } of madeTeams) run.give('report-isolation', { team: id, checks })
    run.give('fail-deploy', { team: null, reason: 'engine gone', evidence: '' })
    run.give('start-deploy', {})
    expect(run.refused('finish-deploy', { ms: 1 }).code).toBe('isolation-not-proven')
  })

  test('no exercise is ready while the isolation of an enclave is not proven', () => {
    const run = readyRunUntilDeploying()
    expect(run.refused('finish-deploy', { ms: 1 }).code).toBe('isolation-not-proven')
    const bad = { name: 'host', target: '10.1.0.1', ok: false, detail: 'answered' }
    expect(run.refused('report-isolation', { team: 'meremaa', checks: [bad] }).code).toBe('not-isolated')
    expect(run.refused('report-isolation', { team: 'meremaa', checks: [] }).code).toBe('not-isolated')
  })

  test('time enters phases at their moment and ends the exercise at its duration', () => {
    const run = runningRun()
    expect(run.give('pass-time', {}, 59_999)).toEqual([])
    expect(run.give('pass-time', {}, 60_040)).toMatchObject([{ at: 60_000, data: { phase: 'storm' } }])
    run.give('launch-attack', { team: 'meremaa', attack: 'wave-1' }, 60_040)
    const last = run.give('pass-time', {}, 600_170)
    expect(types(last)).toEqual(['phase.entered', 'attack.abandoned', 'exercise.ended'])
    expect(last.at(-1)?.at).toBe(600_000)
    expect(run.give('pass-time', {}, 600_300)).toEqual([])
  })

  test('exercise time never goes down, and stands while nothing runs', () => {
    const run = runningRun()
    check(run, ['down', 'down'], 50_000)
    expect(check(run, ['up', 'up'], 40_000)[0]?.at).toBe(50_000)
    run.give('pause-exercise', { reason: '' }, 60_000)
    expect(check(run, ['down', 'down'], 90_000)[0]?.at).toBe(60_000)
  })

  test.each([
    [
      'no light check',
      { services: madeScenario.services.map((s) => ({ ...s, journeys: s.journeys.slice(1) })) },
    ],
    ['a dangling weakness', { weaknesses: madeScenario.weaknesses.slice(1) }],
    ['no duration', { durationMs: 0 }],
    ['two attacks of one id', { attacks: [...madeScenario.attacks, ...madeScenario.attacks] }],
    ['a credit above one', { scoring: { ...madeScenario.scoring, slowCredit: 1.2 } }],
  ])('no exercise is made of a scenario with %s', (_, change) => {
    const scenario = { ...madeScenario, ...change }
    const data = { exerciseId: 'x', scenario, scenarioHash: '', seed: '', teams: madeTeams, speed: 1 }
    const decision = decide(initialState, { type: 'create-exercise', at: 0, by: PLATFORM, data })
    expect(decision).toMatchObject({ ok: false, refusal: { code: 'bad-scenario' } })
  })
})

describe('checks', () => {
  test('the first look ever gives the verdict; time counts only from the start', () => {
    const run = readyRun()
    expect(check(run, ['up'])).toMatchObject([
      { type: 'verdict.changed', data: { from: 'unknown', to: 'up' } },
    ])
  })

  test('one look that differs changes nothing, two that differ change to the second', () => {
    const run = runningRun()
    expect(check(run, ['down'], 5_000)).toEqual([])
    expect(check(run, ['down', 'up'], 6_000)).toEqual([])
    expect(check(run, ['down', 'broken'], 7_000)).toMatchObject([{ data: { from: 'up', to: 'broken' } }])
    expect(check(run, ['broken', 'down'], 8_000)).toEqual([])
    expect(verdictOf(run.state, 'meremaa', 'tax', 'file')).toBe('broken')
  })

  test('unknown needs confirming too', () => {
    const run = runningRun()
    expect(check(run, ['unknown'], 5_000)).toEqual([])
    expect(check(run, ['unknown', 'unknown'], 6_000)).toMatchObject([{ data: { to: 'unknown' } }])
  })

  test('what is not in the exercise is refused, what comes too late changes nothing', () => {
    const run = runningRun()
    const data = { team: 'meremaa', service: 'tax', journey: 'file', results: [look('up')] }
    expect(run.refused('report-check', { ...data, team: 'x' }).code).toBe('unknown-team')
    expect(run.refused('report-check', { ...data, service: 'x' }).code).toBe('unknown-service')
    expect(run.refused('report-check', { ...data, journey: 'x' }).code).toBe('unknown-journey')
    expect(run.refused('report-check', { ...data, results: [] }).code).toBe('no-results')
    run.give('end-exercise', { reason: 'done' }, 10_000)
    expect(check(run, ['down', 'down'])).toEqual([])
  })

  test('a container dies once and starts once', () => {
    const run = runningRun()
    const died = { team: 'meremaa', service: 'tax', happened: 'died', exitCode: 1, oom: false } as const
    expect(types(run.give('report-container', died))).toEqual(['container.died'])
    expect(run.give('report-container', died)).toEqual([])
    expect(types(run.give('report-container', { ...died, happened: 'started' }))).toEqual([
      'container.started',
    ])
    expect(run.give('report-container', { ...died, happened: 'started' })).toEqual([])
  })
})

describe('attacks', () => {
  const report = { team: 'meremaa', attack: 'wave-1', attempt: 1, alive: true, evidence: null } as const

  test('are launched when due, once', () => {
    const run = runningRun()
    const launch = { team: 'meremaa', attack: 'wave-1' }
    expect(run.refused('launch-attack', launch, 59_999).code).toBe('not-due')
    expect(run.give('launch-attack', launch, 60_000)).toMatchObject([{ data: { attempt: 1 } }])
    expect(run.give('launch-attack', launch, 60_100)).toEqual([])
    expect(run.refused('launch-attack', { team: 'meremaa', attack: 'x' }).code).toBe('unknown-attack')
  })

  test('the same report twice is one fact, and a stale attempt none', () => {
    const run = runningRun()
    expect(run.give('report-attack', { ...report, result: 'landed' })).toEqual([])
    run.give('launch-attack', { team: 'meremaa', attack: 'wave-1' }, 60_000)
    expect(run.give('report-attack', { ...report, attempt: 2, result: 'landed' })).toEqual([])
    expect(types(run.give('report-attack', { ...report, result: 'landed' }))).toEqual(['attack.landed'])
    expect(run.give('report-attack', { ...report, result: 'landed' })).toEqual([])
    expect(run.give('report-attack', { ...report, result: 'failed' })).toEqual([])
  })

  test.each([
    [true, 'defended'],
    [false, 'outage'],
  ])('failed with a service that is alive: %s is blocked by %s', (alive, cause) => {
    const run = runningRun()
    run.give('launch-attack', { team: 'meremaa', attack: 'wave-1' }, 60_000)
    expect(run.give('report-attack', { ...report, result: 'failed', alive })).toMatchObject([
      { data: { cause } },
    ])
  })

  test('[SC12] a fault is tried once more, then it is void', () => {
    const run = runningRun()
    for (const attempt of [1, 2]) {
      expect(run.give('launch-attack', { team: 'meremaa', attack: 'wave-1' }, 60_000)).toMatchObject([
        { data: { attempt } },
      ])
      run.give('report-attack', { ...report, attempt, result: 'fault' })
    }
    expect(run.give('launch-attack', { team: 'meremaa', attack: 'wave-1' })).toEqual([])
    expect(run.state.teams[0]?.attacks[0]?.state).toBe('void')
  })

  test('[SC7] a foothold closes when the exploit fails against a living service, not against a stopped one', () => {
    const run = runningRun()
    attacked(run, 'meremaa', 'wave-1', 'landed')
    const again = { team: 'meremaa', attack: 'wave-1', evidence: null } as const
    expect(run.give('report-foothold', { ...again, result: 'landed', alive: true }, 70_000)).toEqual([])
    expect(run.give('report-foothold', { ...again, result: 'failed', alive: false }, 80_000)).toEqual([])
    expect(run.give('report-foothold', { ...again, result: 'fault', alive: true }, 90_000)).toEqual([])
    expect(types(fixed(run, 'meremaa', 'wave-1', 100_000))).toEqual(['foothold.closed'])
    expect(fixed(run, 'meremaa', 'wave-1', 110_000)).toEqual([])
  })

  test('a platform that comes back abandons what was in flight and closes terminals', () => {
    const run = runningRun()
    run.give('launch-attack', { team: 'meremaa', attack: 'wave-1' }, 60_000)
    run.give('open-terminal', { team: 'meremaa', service: 'tax', terminal: 't1' })
    const events = run.give('recover-platform', { awayMs: 9_000 }, 61_000)
    expect(types(events)).toEqual(['platform.recovered', 'attack.abandoned', 'terminal.closed'])
    expect(run.give('launch-attack', { team: 'meremaa', attack: 'wave-1' })).toMatchObject([
      { data: { attempt: 2 } },
    ])
    expect(run.give('report-attack', { ...report, attempt: 1, result: 'landed' })).toEqual([])
  })
})

describe('people', () => {
  test('hints come in order, by handle or by id, at most three', () => {
    const run = runningRun()
    const hint = (weakness: string, level: number) => ({ team: 'meremaa', weakness, level })
    const take = (weakness: string, level: number) =>
      run.give('take-hint', hint(weakness, level), undefined, blue('blue-1'))
    expect(take('tax-2', 1)).toMatchObject([
      { data: { weakness: 'tax/foreign-declaration', handle: 'tax-2', level: 1, by: blue('blue-1') } },
    ])
    expect(take('tax-2', 2)).toMatchObject([{ data: { level: 2 } }])
    expect(take('tax-2', 3)).toMatchObject([{ data: { level: 3, text: { en: 'Exact secret-hint' } } }])
    expect(run.refused('take-hint', hint('tax-2', 3)).code).toBe('no-more-hints')
    expect(run.refused('take-hint', hint('tax-3', 1)).code).toBe('unknown-weakness')
    // Whoever guesses is not told what is planted.
    for (const guess of ['tax/foreign-declaration', 'tax/never-planted'])
      expect(run.refused('take-hint', hint(guess, 3)).code).toBe('unknown-weakness')
  })

  test('a team may have eight terminals open', () => {
    const run = runningRun()
    const open = (terminal: string) => ({ team: 'meremaa', service: 'tax', terminal })
    for (let i = 0; i < 8; i += 1) run.give('open-terminal', open(`t${i}`))
    expect(run.refused('open-terminal', open('t9')).code).toBe('too-many-terminals')
    run.give('close-terminal', { team: 'meremaa', terminal: 't0', reason: 'done' })
    expect(run.give('close-terminal', { team: 'meremaa', terminal: 't0', reason: 'done' })).toEqual([])
    expect(run.refused('open-terminal', open('t1')).code).toBe('terminal-exists')
    run.give('open-terminal', open('t9'))
  })

  test('a blue seat takes over; handing back, which mends for the team at no cost, is white’s to grant', () => {
    const run = runningRun()
    run.give('issue-seat', { seatId: 'b1', seat: 'blue', team: 'saareke', label: 'Saareke' })
    const change = (pilot: 'person' | 'swift' | 'steady') => ({ team: 'saareke', pilot })
    run.give('change-pilot', change('person'), 1_000, blue())
    expect(run.refused('change-pilot', change('swift'), 1_000, blue()).code).toBe('not-your-pilot')
    // Not even to the pilot that the team had.
    expect(run.refused('change-pilot', change('steady'), 1_000, blue()).code).toBe('not-your-pilot')
    run.give('change-pilot', change('swift'), 1_000, white())
    expect(run.state.teams.find((t) => t.id === 'saareke')?.pilot).toBe('swift')
  })

  test('seats are issued once, blue ones for a team, and revoked once', () => {
    const run = runningRun()
    const seat = { seatId: 's1', seat: 'observer', team: null, label: 'Press' } as const
    run.give('issue-seat', seat)
    expect(run.refused('issue-seat', seat).code).toBe('seat-exists')
    expect(run.refused('issue-seat', { ...seat, seatId: 's2', seat: 'blue' }).code).toBe('unknown-team')
    expect(run.refused('issue-seat', { ...seat, seatId: 's2', team: 'meremaa' }).code).toBe(
      'seat-has-no-team',
    )
    expect(types(run.give('revoke-seat', { seatId: 's1' }))).toEqual(['seat.revoked'])
    expect(run.give('revoke-seat', { seatId: 's1' })).toEqual([])
    expect(run.refused('revoke-seat', { seatId: 's9' }).code).toBe('unknown-seat')
  })

  test('the last seat of white is not revoked: nobody could run, grade or end the exercise', () => {
    const run = runningRun()
    const seat = { seatId: 'w-2', seat: 'white', team: null, label: '' } as const
    run.give('issue-seat', { ...seat, seatId: 'w-1' })
    expect(run.refused('revoke-seat', { seatId: 'w-1' }).code).toBe('last-white-seat')
    run.give('issue-seat', seat)
    expect(types(run.give('revoke-seat', { seatId: 'w-1' }))).toEqual(['seat.revoked'])
    expect(run.refused('revoke-seat', { seatId: 'w-2' }).code).toBe('last-white-seat')
  })

  test('an entry has no id of a message from the console', () => {
    const run = runningRun()
    const words = { en: 'x', et: 'x', ja: 'x' }
    const inject = {
      like: null,
      title: words,
      text: words,
      from: words,
      withinMs: null,
      counts: false,
    } as const
    const entry = { kind: 'inject', ...inject, channel: 'mail', roles: [], wants: 'nothing' } as const
    const add = (id: string) => ({ id, atMs: null, teams: null, entry })
    expect(run.refused('add-entry', add('message-m1')).code).toBe('bad-change')
    expect(types(run.give('add-entry', add('messages')))).toEqual(['entry.added'])
  })

  test('[SC10] an adjustment needs whole points within bounds, and a reason', () => {
    const run = runningRun()
    const adjust = {
      team: 'meremaa',
      category: 'recovery',
      points: 50,
      reason: 'A fair call.',
      seen: 0,
    } as const
    for (const points of [0, 0.5, 2_001, Number.NaN, Number.POSITIVE_INFINITY])
      expect(run.refused('adjust-score', { ...adjust, points }).code).toBe('points-out-of-bounds')
    expect(run.refused('adjust-score', { ...adjust, reason: '  ' }).code).toBe('reason-needed')
    expect(types(run.give('adjust-score', adjust))).toEqual(['score.adjusted'])
    expect(run.refused('add-note', { text: ' ' }).code).toBe('note-empty')
  })

  test('nothing is decided about an exercise that is not there', () => {
    const run = openRun()
    expect(run.refused('add-note', { text: 'x' }).code).toBe('no-exercise')
    expect(run.refused('take-hint', { team: 'meremaa', weakness: 'tax-1', level: 1 }).code).toBe(
      'unknown-team',
    )
    expect(run.give('recover-platform', { awayMs: 1 })).toEqual([])
    expect(run.give('pass-time', {})).toEqual([])
  })

  test('what was seen before the start stays seen', () => {
    const run = readyRun()
    seen(run, 'meremaa', 'tax/file', 'broken')
    run.give('start-exercise', {})
    expect(verdictOf(run.state, 'meremaa', 'tax', 'file')).toBe('broken')
  })
})

function readyRunUntilDeploying(): Run {
  const run = openRun()
  const data = {
    exerciseId: 'x',
    scenario: madeScenario,
    scenarioHash: '',
    seed: '',
    teams: madeTeams,
    speed: 1,
  }
  run.give('create-exercise', data)
  run.give('start-deploy', {})
  return run
}
