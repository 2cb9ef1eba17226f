import { describe, expect, test } from 'vitest'
import { fold } from '#exercise/fold/evolve.ts'
import { pilotOf } from '#exercise/ledger/actor.ts'
import { redact } from '#exercise/ledger/audience.ts'
import type { Audience, Scenario } from '#exercise/scenario/model.ts'
import { scoreAt } from '#exercise/scoring/scoring.ts'
import { nationalView } from '#exercise/views/national-view.ts'
import { blue, white } from '../kit/actors.ts'
import { madeTeams, peopledScenario, text } from './made-scenario.ts'
import { attacked, fixed, look, type Run, runningRun, seen } from './run.ts'

const scenario: Scenario = {
  ...peopledScenario,
  injects: [],
  world: [],
  weaknesses: peopledScenario.weaknesses.map((weakness) =>
    weakness.id === 'population/search-injection'
      ? { ...weakness, takes: { what: text('secret addresses'), people: 4_000 } }
      : weakness,
  ),
}
const problems = (run: Run, at: number) => nationalView(run.state, at).problems
const terminal = (run: Run, team: string, service: string, at: number, by = blue(`blue-${team}`)) =>
  run.give('open-terminal', { team, service, terminal: `${team}-${at}` }, at, by)
const types = (events: readonly { readonly type: string }[]) => events.map(({ type }) => type)
const restart = (run: Run, team: string, service: string, at: number) => {
  run.give('report-container', { team, service, happened: 'died', exitCode: 0, oom: false }, at)
  return run.give(
    'report-container',
    { team, service, happened: 'started', exitCode: 0, oom: false },
    at + 900,
  )
}

describe('[NV5] what a team does about what everybody knows', () => {
  test('is told once for each trouble, and only of what is publicly wrong', () => {
    const run = runningRun(scenario)
    expect(types(terminal(run, 'meremaa', 'population', 10_000))).toEqual(['terminal.opened'])
    attacked(run, 'meremaa', 'wave-1', 'landed', 60_000)
    // Elsewhere, or by somebody else, says nothing.
    expect(types(terminal(run, 'meremaa', 'tax', 61_000))).toEqual(['terminal.opened'])
    expect(types(terminal(run, 'meremaa', 'population', 62_000, white('w1')))).toEqual(['terminal.opened'])
    expect(types(terminal(run, 'saareke', 'population', 63_000))).toEqual(['terminal.opened'])
    expect(types(terminal(run, 'meremaa', 'population', 64_000))).toEqual([
      'terminal.opened',
      'response.began',
    ])
    expect(types(terminal(run, 'meremaa', 'population', 65_000))).toEqual(['terminal.opened'])
    expect(problems(run, 66_000)[0]?.stages.noticed).toEqual({ firstMs: 64_000, teams: 1 })
  })

  test('who takes the case of an attack has turned to its service', () => {
    const run = runningRun(scenario)
    attacked(run, 'meremaa', 'wave-1', 'landed', 60_000)
    const subject = { kind: 'case' as const, id: 'C1' }
    const claimed = run.give(
      'claim-work',
      { team: 'meremaa', subject, seen: 0 },
      64_000,
      blue('blue-meremaa'),
    )
    expect(types(claimed)).toEqual(['work.claimed', 'response.began'])
    expect(problems(run, 66_000)[0]?.stages.noticed).toEqual({ firstMs: 64_000, teams: 1 })
  })

  test('a restart is mending where the team has looked, and nobody’s where the attack, white or nobody did it', () => {
    const run = runningRun(scenario)
    attacked(run, 'meremaa', 'wave-1', 'landed', 60_000)
    expect(types(restart(run, 'meremaa', 'population', 62_000))).toEqual(['container.started'])
    terminal(run, 'meremaa', 'population', 70_000)
    run.give(
      'act-on-service',
      { team: 'meremaa', service: 'population', action: 'restart', seen: 0 } as never,
      71_000,
      white('w1'),
    )
    expect(types(restart(run, 'meremaa', 'population', 72_000))).not.toContain('response.began')
    attacked(run, 'saareke', 'wave-1', 'landed', 80_000)
    terminal(run, 'saareke', 'population', 90_000)
    expect(types(restart(run, 'saareke', 'population', 95_000))).toContain('response.began')
    expect(problems(run, 99_000)[0]?.stages.mending).toEqual({ firstMs: 95_900, teams: 1 })
  })

  test('who saves a source or restarts in the editor mends, and has noticed; once for each trouble', () => {
    const run = runningRun(scenario)
    const place = { team: 'meremaa', service: 'population' }
    const save = (at: number, by = blue('blue-meremaa'), service = 'population') =>
      types(run.give('save-source', { ...place, service, file: 'search.ts', gone: false }, at, by))
    const restartApp = (at: number, by = blue('blue-meremaa'), ok = true) =>
      types(run.give('restart-app', { ...place, ok }, at, by))
    // What nobody else knows of is told to nobody: what a team hardens before anything landed is its own.
    expect([save(10_000), restartApp(11_000)]).toEqual([['source.saved'], ['app.restarted']])
    attacked(run, 'meremaa', 'wave-1', 'landed', 60_000)
    // Another service, and white who helps, are no mending of the team's.
    expect(save(61_000, blue('blue-meremaa'), 'tax')).toEqual(['source.saved'])
    expect([save(62_000, white('w1')), restartApp(63_000, white('w1'))]).toEqual([
      ['source.saved'],
      ['app.restarted'],
    ])
    expect(save(64_000)).toEqual(['source.saved', 'response.began', 'response.began'])
    expect([save(65_000), restartApp(66_000)]).toEqual([['source.saved'], ['app.restarted']])
    expect(problems(run, 67_000)[0]?.stages).toMatchObject({
      noticed: { firstMs: 64_000, teams: 1 },
      mending: { firstMs: 64_000, teams: 1 },
    })
    // What everybody learns says nothing of which file, by whom or how.
    const told = run.ledger.filter(({ type }) => type === 'response.began')
    for (const event of told)
      expect(Object.keys(redact(event, { seat: 'guest' })?.data ?? {}).toSorted()).toEqual([
        'service',
        'step',
        'team',
      ])
  })

  test('mending that did not hold is mending still, and whatever is saved earns nothing', () => {
    const run = runningRun(scenario)
    const place = { team: 'meremaa', service: 'population' }
    attacked(run, 'meremaa', 'wave-1', 'landed', 60_000)
    const before = scoreAt(run.state, 'meremaa', 90_000)
    expect(types(run.give('restart-app', { ...place, ok: false }, 70_000, blue('blue-meremaa')))).toEqual([
      'app.restarted',
      'response.began',
      'response.began',
    ])
    for (let at = 71_000; at < 80_000; at += 1_000)
      run.give('save-source', { ...place, file: `f${at}.ts`, gone: false }, at, blue('blue-meremaa'))
    expect(run.ledger.filter(({ type }) => type === 'response.began')).toHaveLength(2)
    expect(scoreAt(run.state, 'meremaa', 90_000)).toEqual(before)
  })

  test('a pilot that mends has noticed, and a fix before anything landed is told to nobody', () => {
    const run = runningRun(scenario)
    const fix = { team: 'meremaa', weakness: 'population/search-injection', action: 'fix', ok: true } as const
    expect(types(run.give('report-pilot', fix, 10_000, pilotOf('meremaa')))).toEqual(['pilot.acted'])
    attacked(run, 'meremaa', 'wave-1', 'landed', 60_000)
    expect(types(run.give('report-pilot', fix, 70_000, pilotOf('meremaa')))).toEqual([
      'pilot.acted',
      'response.began',
      'response.began',
    ])
  })
})

describe('[NV5] open problems', () => {
  test('one for each weakness in however many countries, with its stages, the fastest and what is left', () => {
    const run = runningRun(scenario)
    for (const [index, { id }] of madeTeams.entries()) attacked(run, id, 'wave-1', 'landed', 60_000 + index)
    terminal(run, 'saareke', 'population', 80_000)
    expect(problems(run, 90_000)).toMatchObject([
      {
        id: 'attack/wave-1',
        cause: 'attack',
        service: 'population',
        sinceMs: 60_000,
        open: ['meremaa', 'saareke', 'laanemets'],
        people: 0,
        taken: { people: 12_000 },
        stages: {
          noticed: { firstMs: 80_000, teams: 1 },
          'cause-found': { firstMs: null, teams: 0 },
          mending: { firstMs: null, teams: 0 },
          confirmed: { firstMs: null, teams: 0 },
        },
        fastest: null,
        expected: null,
        solvedMs: null,
      },
    ])
    fixed(run, 'saareke', 'wave-1', 120_001)
    const [one] = problems(run, 121_000)
    expect(one).toMatchObject({
      open: ['meremaa', 'laanemets'],
      hit: ['meremaa', 'saareke', 'laanemets'],
      fastest: { team: 'saareke', ms: 60_000 },
      stages: { confirmed: { firstMs: 120_001, teams: 1 } },
    })
    // What has lasted longer than elsewhere is not like it.
    expect(one?.expected).toBeNull()
    expect(problems(run, 119_000 + 2)[0]?.expected).toBeNull()
  })

  test('an end is expected only while none lasts longer than it did elsewhere', () => {
    const run = runningRun(scenario)
    attacked(run, 'saareke', 'wave-1', 'landed', 60_000)
    attacked(run, 'meremaa', 'wave-1', 'landed', 150_000)
    fixed(run, 'saareke', 'wave-1', 160_000)
    expect(problems(run, 170_000)[0]?.expected).toEqual({ ms: 80_000, by: 1 })
    expect(problems(run, 250_000)[0]?.expected).toBeNull()
  })

  test('cause found: its report is graded to be of it, and then from when it was filed', () => {
    const run = runningRun(scenario)
    attacked(run, 'meremaa', 'wave-1', 'landed', 60_000)
    const fields = {
      service: 'population',
      noticedMs: 70_000,
      technique: 'T1190',
      indicators: 'x',
      actions: 'y',
      confidence: 'high',
    } as const
    run.give('file-report', { team: 'meremaa', report: 'R1', fields, seen: 0 }, 75_000, blue('b'))
    expect(problems(run, 80_000)[0]?.stages).toMatchObject({
      noticed: { firstMs: 75_000, teams: 1 },
      'cause-found': { firstMs: null, teams: 0 },
    })
    const criteria = { service: 25, technique: 25, time: 20, indicators: 0, completeness: 15 }
    const grade = {
      team: 'meremaa',
      report: 'R1',
      match: 'wave-1',
      criteria,
      comment: '',
      final: true,
      seen: 1,
    }
    run.give('grade-report', grade as never, 90_000, white('w1'))
    expect(problems(run, 91_000)[0]?.stages['cause-found']).toEqual({ firstMs: 75_000, teams: 1 })
  })

  test('an outage is one where nobody is inside; what fails for want of it is part of it', () => {
    const run = runningRun(scenario)
    seen(run, 'meremaa', 'registry-db/alive', 'down', 30_000)
    seen(run, 'meremaa', 'tax/file', 'broken', 31_000)
    seen(run, 'saareke', 'portal/login', 'broken', 32_000)
    expect(
      problems(run, 40_000).map(({ id, cause, open, dependents }) => [id, cause, open, dependents]),
    ).toEqual([
      ['outage/registry-db', 'silent', ['meremaa'], ['tax']],
      ['outage/portal', 'fails', ['saareke'], []],
    ])
    attacked(run, 'saareke', 'wave-4', 'landed', 300_000)
    const late = problems(run, 301_000)
    expect(late.filter(({ open }) => open.includes('saareke'))).toHaveLength(1)
  })

  test('the heaviest first, what is over last and only for a while', () => {
    const run = runningRun(scenario)
    attacked(run, 'meremaa', 'wave-1', 'landed', 60_000)
    fixed(run, 'meremaa', 'wave-1', 90_000)
    seen(run, 'saareke', 'tax/file', 'broken', 91_000)
    expect(problems(run, 100_000).map(({ id, solvedMs }) => [id, solvedMs])).toEqual([
      ['outage/tax', null],
      ['attack/wave-1', 90_000],
    ])
    expect(problems(run, 141_000).map(({ id }) => id)).toEqual(['outage/tax'])
  })

  test('an outage that is over everywhere stands as over for a while, what had followed from it does not', () => {
    const run = runningRun(scenario)
    for (const [verdict, at] of [
      ['down', 30_000],
      ['up', 60_000],
    ] as const) {
      seen(run, 'meremaa', 'registry-db/alive', verdict, at)
      seen(run, 'meremaa', 'tax/file', verdict, at + 1_000)
    }
    const over = { id: 'outage/registry-db', cause: 'over', open: [], hit: ['meremaa'], solvedMs: 60_000 }
    expect(problems(run, 61_000)).toMatchObject([over])
    expect(problems(run, 110_000)).toMatchObject([over])
    expect(problems(run, 110_001)).toEqual([])
  })
})

describe('[NV5] a cascade follows what is seen', () => {
  const talking: Scenario = {
    ...scenario,
    services: scenario.services.map((service) =>
      service.id === 'tax' ? { ...service, talksTo: ['portal'], needs: [] } : { ...service, needs: [] },
    ),
  }
  const roots = (run: Run, at: number) =>
    problems(run, at).map(({ service, dependents }) => [service, dependents])

  test('what fell after what it talks to fails for want of it', () => {
    const run = runningRun(talking)
    seen(run, 'meremaa', 'portal/login', 'broken', 30_000)
    seen(run, 'meremaa', 'tax/file', 'broken', 200_000)
    expect(roots(run, 210_000)).toEqual([['portal', ['tax']]])
    expect(nationalView(run.state, 210_000).services.find(({ id }) => id === 'tax')?.because).toEqual([
      'portal',
    ])
  })

  test('what fell before, long after, or with attackers inside fails by itself', () => {
    const before = runningRun(talking)
    seen(before, 'meremaa', 'tax/file', 'broken', 30_000)
    seen(before, 'meremaa', 'portal/login', 'broken', 40_000)
    expect(roots(before, 50_000)).toHaveLength(2)
    const long = runningRun(talking)
    seen(long, 'meremaa', 'portal/login', 'broken', 30_000)
    seen(long, 'meremaa', 'tax/file', 'broken', 330_001)
    expect(roots(long, 331_000)).toHaveLength(2)
    const inside = runningRun(talking)
    attacked(inside, 'meremaa', 'wave-2', 'landed', 120_000)
    seen(inside, 'meremaa', 'portal/login', 'broken', 130_000)
    seen(inside, 'meremaa', 'tax/file', 'broken', 140_000)
    expect(roots(inside, 150_000).map(([service]) => service)).toEqual(
      expect.arrayContaining(['portal', 'tax']),
    )
  })
})

test('everybody sees the same problems, marks, questions and health', () => {
  const run = runningRun({ ...scenario, injects: peopledScenario.injects })
  attacked(run, 'meremaa', 'wave-1', 'landed', 60_000)
  run.give('pass-time', {}, 61_000)
  for (const { id } of madeTeams)
    run.try({
      type: 'send-inject',
      at: 62_000,
      by: { kind: 'platform' },
      data: { team: id, inject: 'press-asks' },
    })
  terminal(run, 'meremaa', 'population', 70_000)
  seen(run, 'laanemets', 'portal/login', 'broken', 130_000)
  seen(run, 'laanemets', 'portal/login', 'up', 135_000)
  const whole = nationalView(run.state, 140_000)
  expect(whole.asked).toEqual([
    {
      inject: 'press-asks',
      channel: 'press',
      open: ['meremaa', 'saareke', 'laanemets'],
      sent: 3,
      dueMs: 362_000,
    },
  ])
  expect(whole.marks.map(({ kind, services, teams }) => [kind, services, teams])).toEqual([
    ['attack', ['population'], ['meremaa']],
    ['repair', ['portal'], ['laanemets']],
  ])
  for (const audience of [
    { seat: 'guest' },
    { seat: 'observer' },
    { seat: 'blue', team: 'meremaa' },
  ] satisfies Audience[])
    expect(nationalView(fold(run.ledger.flatMap((event) => redact(event, audience) ?? [])), 140_000)).toEqual(
      whole,
    )
  expect(look('up').verdict).toBe('up')
})
