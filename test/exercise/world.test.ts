import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { attackOf, serviceOf, teamOf, verdictOf } from '#exercise/fold/state.ts'
import type { WorldEvent } from '#exercise/scenario/inject.ts'
import type { Scenario } from '#exercise/scenario/model.ts'
import { launchOf } from '#exercise/schedule/launch.ts'
import { unquiet } from '#exercise/schedule/skip.ts'
import type { Records, TaskRecord } from '#exercise/schedule/task.ts'
import { timelineDue } from '#exercise/schedule/timeline.ts'
import { wanted } from '#exercise/schedule/wanted.ts'
import { explain } from '#exercise/scoring/explain.ts'
import { scoreAt } from '#exercise/scoring/scoring.ts'
import { exerciseView } from '#exercise/views/exercise-view.ts'
import { nationalView } from '#exercise/views/national-view.ts'
import { attack, livedInScenario, madeScenario, powerCut } from './made-scenario.ts'
import { attacked, finish, fixed, look, type Run, runningRun, seen } from './run.ts'

const team = 'meremaa'
const other = 'saareke'
const AT = 100_000
const UNTIL = 160_000

/** An attack on tax long before. */
const early: Scenario = { ...madeScenario, attacks: [attack('wave-2', 'tax/refund-iban', 40_000)] }
const withWorld = (more: Partial<WorldEvent> = {}, scenario: Scenario = madeScenario): Scenario => ({
  ...scenario,
  world: [powerCut('cut', AT, more)],
})
const begin = (run: Run, of = team, at = AT) => run.give('begin-world', { team: of, entry: 'cut' }, at)
const end = (run: Run, of = team, at = UNTIL) => run.give('end-world', { team: of, entry: 'cut' }, at)
const cut = (scenario = withWorld()) => {
  const run = runningRun(scenario)
  begin(run)
  return run
}
const verdict = (run: Run, service: string, of = team) => serviceOf(teamOf(run.state, of), service)?.verdict
const points = (run: Run, of: string, category: 'availability' | 'usability', at: number) =>
  scoreAt(run.state, of, at).categories[category]

describe('[SC24] a world event', () => {
  test('is due at its moment for those whom it is meant for, and once', () => {
    const run = runningRun(withWorld({ teams: [team] }))
    expect(timelineDue(run.state, AT - 1).world).toEqual([])
    expect(timelineDue(run.state, AT).world).toEqual([{ team, entry: 'cut' }])
    expect(begin(run)).toMatchObject([{ type: 'world.began', data: { team, untilMs: UNTIL } }])
    expect(timelineDue(run.state, AT + 1).world).toEqual([])
    expect(begin(run, team, AT + 1)).toEqual([])
    expect(run.refused('begin-world', { team: other, entry: 'cut' }, AT + 1).code).toBe('unknown-entry')
  })

  test('its time is neither won nor lost for what it hits, whatever is found there', () => {
    const run = cut()
    expect(verdict(run, 'tax')).toBe('unknown')
    run.give(
      'report-container',
      { team, service: 'tax', happened: 'died', exitCode: 0, oom: false },
      AT + 500,
    )
    expect(seen(run, team, 'tax/alive', 'down', AT + 1_000)).toEqual([])
    expect(seen(run, team, 'tax/file', 'up', AT + 1_000)).toEqual([])
    expect(verdict(run, 'tax')).toBe('unknown')
    end(run)
    for (const journey of ['alive', 'file', 'refund', 'history'])
      seen(run, team, `tax/${journey}`, 'up', UNTIL)
    expect(verdict(run, 'tax')).toBe('up')
    const line = explain(run.state, team, 200_000).find(({ id }) => id === 'availability/tax')
    expect(line?.params).toMatchObject({ upMs: 140_000, downMs: 0, unknownMs: 60_000 })
    expect(line?.points).toBe(line?.possible)
    // The other team was not hit, and has had all its time.
    expect(points(run, other, 'availability', 200_000).possible).toBeGreaterThan(
      points(run, team, 'availability', 200_000).possible,
    )
  })

  test('what needs it counts while it is up, and is unknown otherwise', () => {
    const run = cut(withWorld({ services: ['registry-db'] }))
    expect(verdict(run, 'registry-db')).toBe('unknown')
    expect(verdict(run, 'portal')).toBe('up')
    seen(run, team, 'portal/login', 'broken', AT + 5_000)
    expect(verdictOf(run.state, team, 'portal', 'login')).toBe('unknown')
    seen(run, team, 'portal/alive', 'slow', AT + 6_000)
    expect(verdict(run, 'portal')).toBe('unknown')
    seen(run, team, 'portal/alive', 'up', AT + 10_000)
    expect(verdict(run, 'portal')).toBe('up')
    run.give(
      'report-container',
      { team, service: 'tax', happened: 'died', exitCode: 1, oom: false },
      AT + 11_000,
    )
    expect(verdict(run, 'tax')).toBe('unknown')
    end(run)
    // Its own container is its own again.
    expect(verdict(run, 'tax')).toBe('down')
  })

  test('the exchange through which it is asked is touched too; what merely serves it is not', () => {
    const services = madeScenario.services.map((one) =>
      one.id === 'portal'
        ? { ...one, hub: true as const }
        : one.id === 'tax'
          ? { ...one, needs: ['portal'] }
          : one,
    )
    const run = cut(withWorld({}, { ...madeScenario, services }))
    seen(run, team, 'portal/alive', 'down', AT + 1_000)
    expect(verdict(run, 'portal')).toBe('unknown')
    seen(run, team, 'registry-db/alive', 'down', AT + 1_000)
    expect(verdict(run, 'registry-db')).toBe('down')
  })

  test('mends nothing: what was broken before is not restored until a look finds it so', () => {
    const run = runningRun(withWorld({}, early))
    attacked(run, team, 'wave-2', 'landed', 50_000)
    seen(run, team, 'tax/file', 'broken', 60_000)
    fixed(run, team, 'wave-2', 90_000)
    begin(run)
    const restoredMs = () => attackOf(teamOf(run.state, team), 'wave-2')?.restoredMs
    const recovery = () => scoreAt(run.state, team, run.state.atMs).categories.recovery.points
    expect([restoredMs(), recovery()]).toEqual([null, 0])
    end(run)
    seen(run, team, 'tax/alive', 'up', UNTIL)
    expect([restoredMs(), recovery()]).toEqual([null, 0])
    seen(run, team, 'tax/file', 'broken', UNTIL + 1_000)
    expect(recovery()).toBe(0)
    seen(run, team, 'tax/file', 'up', UNTIL + 30_000)
    expect(recovery()).toBeGreaterThan(0)
  })

  test('is no part of how long an attacker stayed, nor of how long a recovery took', () => {
    const twin = (hit: boolean) => {
      const run = runningRun(withWorld({}, early))
      attacked(run, team, 'wave-2', 'landed', 80_000)
      if (hit) begin(run)
      if (hit) end(run)
      const at = hit ? UNTIL + 20_000 : AT + 20_000
      for (const journey of ['alive', 'file', 'refund', 'history'])
        seen(run, team, `tax/${journey}`, 'up', at)
      fixed(run, team, 'wave-2', at)
      const { defence, recovery } = scoreAt(run.state, team, at).categories
      return [defence.points, recovery.points]
    }
    expect(twin(true)).toEqual(twin(false))
  })

  test('attacks on what it hits wait, and one in flight that got no answer is tried again', () => {
    const run = runningRun(withWorld())
    const wave = madeScenario.attacks.find(({ id }) => id === 'wave-2')
    if (!wave) throw new Error('no wave-2')
    run.give('launch-attack', { team: other, attack: 'wave-1' }, 60_000)
    begin(run)
    begin(run, other)
    const way = (of: string, at: number) => {
      const known = teamOf(run.state, of)
      return known && launchOf(run.state, known, wave, at).kind
    }
    expect(way(team, 130_000)).toBe('waiting')
    expect(timelineDue(run.state, 130_000).attacks).not.toContainEqual(
      expect.objectContaining({ team, attack: 'wave-2' }),
    )
    end(run)
    expect(way(team, UNTIL)).toBe('launch')
    const [launched] = run.give('launch-attack', { team, attack: 'wave-2' }, UNTIL)
    // Its moment is the planned one.
    expect(launched).toMatchObject({ data: { info: { atMs: 120_000 } } })
  })

  test.each([
    ['outage while it was away is nobody’s', false, 'abandoned'],
    ['defended in front of a witness is defended', true, 'blocked'],
  ] as const)('in flight: %s', (_, alive, state) => {
    const run = runningRun(withWorld())
    run.give('launch-attack', { team, attack: 'wave-2' }, 120_000)
    run.give('begin-world', { team, entry: 'cut' }, 121_000)
    const report = { team, attack: 'wave-2', attempt: 1, result: 'failed', alive, evidence: null } as const
    run.give('report-attack', report, 130_000)
    expect(attackOf(teamOf(run.state, team), 'wave-2')?.state).toBe(state)
  })

  test('an outage that was there before it began stays one', () => {
    const run = runningRun(withWorld())
    run.give('launch-attack', { team, attack: 'wave-2' }, 120_000)
    const report = {
      team,
      attack: 'wave-2',
      attempt: 1,
      result: 'failed',
      alive: false,
      evidence: null,
    } as const
    run.give('report-attack', report, 125_000)
    begin(run, team, 126_000)
    expect(attackOf(teamOf(run.state, team), 'wave-2')?.state).toBe('blocked-by-outage')
  })

  test('nobody complains of it, and a complaint that waits has so much more time', () => {
    const run = runningRun(withWorld({}, livedInScenario))
    const visit = { team, persona: 'worker', service: 'tax', journey: 'file' }
    run.give('report-visit', { ...visit, ...look('broken') }, 95_000)
    begin(run)
    const elder = { team, persona: 'worker', service: 'tax', journey: 'refund' }
    expect(run.give('report-visit', { ...elder, ...look('down') }, AT + 5_000)).toEqual([])
    end(run)
    for (const journey of ['alive', 'file', 'refund', 'history'])
      seen(run, team, `tax/${journey}`, 'up', UNTIL)
    const ticket = exerciseView(run.state, UNTIL, { seat: 'white' }).teams.find(({ id }) => id === team)
      ?.tickets[0]
    expect(ticket?.overdueMs).toBe(95_000 + 30_000 + 60_000)
    const { points: had, possible } = points(run, team, 'usability', 180_000)
    expect(had).toBeCloseTo(possible, 5)
  })

  test('quiet time is not skipped meanwhile', () => {
    const run = cut(withWorld({ teams: [team] }, { ...madeScenario, attacks: [] }))
    expect(unquiet(run.state, AT + 1_000)).toEqual({ code: 'not-quiet-world', team })
    end(run)
    expect(unquiet(run.state, UNTIL)?.code).not.toBe('not-quiet-world')
  })

  test('a container that was dead before is dead after it; one that it stopped runs', () => {
    const died = { team, happened: 'died', exitCode: 1, oom: false } as const
    const run = runningRun(withWorld({ services: ['tax', 'portal'] }))
    run.give('report-container', { ...died, service: 'portal' }, 90_000)
    begin(run)
    run.give('report-container', { ...died, service: 'tax' }, AT + 1_000)
    expect(teamOf(run.state, team)?.world[0]?.dead).toEqual(['portal'])
    end(run)
    expect([verdict(run, 'tax'), verdict(run, 'portal')]).toEqual(['unknown', 'down'])
  })

  test('everybody sees it, guests and other teams too', () => {
    const run = cut()
    for (const audience of [{ seat: 'guest' }, { seat: 'blue', team: other }] as const)
      expect(exerciseView(run.state, AT, audience).world).toMatchObject([
        { entry: 'cut', team, title: { en: 'Power cut' }, untilMs: UNTIL, endedMs: null },
      ])
    expect(nationalView(run.state, AT).situation).toMatchObject({
      code: 'situation.interrupted',
      services: ['tax'],
    })
  })

  test('whatever happens meanwhile, a team that was perfect before and after it has full marks', () => {
    const happens = fc.constantFrom('down', 'broken', 'slow', 'up', 'died', 'started')
    fc.assert(
      fc.property(fc.array(fc.tuple(happens, fc.nat(20_000)), { maxLength: 12 }), (list) => {
        const run = runningRun({ ...withWorld({ services: ['registry-db'] }), attacks: [] })
        begin(run)
        let at = AT
        for (const [what, ms] of list) {
          at = Math.min(UNTIL, at + ms)
          if (what === 'died' || what === 'started')
            run.give(
              'report-container',
              { team, service: 'registry-db', happened: what, exitCode: 0, oom: false },
              at,
            )
          else
            for (const key of ['registry-db/alive', 'tax/file', 'portal/alive'])
              seen(run, team, key, what, at)
        }
        end(run)
        for (const { id, journeys } of run.state.scenario.services)
          for (const journey of journeys) seen(run, team, `${id}/${journey.id}`, 'up', UNTIL)
        finish(run)
        const { total, possible } = scoreAt(run.state, team, run.state.atMs)
        expect(total).toBe(possible)
      }),
    )
  })
})

describe('what keeps the range as a world event wants it', () => {
  const record: TaskRecord = {
    runs: 1,
    startedMs: AT,
    startedBy: 0,
    stretch: 1,
    seen: null,
    ended: { atMs: AT, wallMs: AT },
    bad: 0,
    faults: 0,
  }
  const kinds = (run: Run, atMs: number, tasks: ReadonlyMap<string, TaskRecord> = new Map()) => {
    const records: Records = { tasks, served: new Map(), turned: new Map() }
    return wanted(run.state, records, { atMs, wallMs: atMs + 1_000 })
      .map(({ task }) => task)
      .filter(({ kind }) => kind.startsWith('world') || kind === 'service-act')
      .map((task) => `${task.kind} ${'team' in task ? task.team : ''}`)
  }
  const key = `world-hold/${team}/cut`

  test('puts it there once, again where something has started what should stand still, and undoes it when its time is over', () => {
    const run = runningRun(withWorld({ teams: [team] }))
    begin(run)
    expect(kinds(run, AT)).toEqual([`world-hold ${team}`])
    run.give(
      'report-container',
      { team, service: 'tax', happened: 'died', exitCode: 0, oom: false },
      AT + 1_000,
    )
    const held = new Map([[key, { ...record, startedBy: run.state.position }]])
    expect(kinds(run, AT + 2_000, held)).toEqual([])
    run.give(
      'report-container',
      { team, service: 'tax', happened: 'started', exitCode: 0, oom: false },
      AT + 3_000,
    )
    expect(kinds(run, AT + 4_000, held)).toEqual([`world-hold ${team}`])
    expect(kinds(run, UNTIL, held)).toEqual([`world-end ${team}`])
    end(run)
    expect(kinds(run, UNTIL + 1)).toEqual([])
  })

  test('a platform that comes back puts it there again, and undoes what was over meanwhile; in a pause too', () => {
    const run = cut(withWorld({ teams: [team] }))
    run.give('pause-exercise', { reason: '' }, AT + 1_000)
    expect(kinds(run, AT + 1_000)).toEqual([`world-hold ${team}`])
    run.give('resume-exercise', {})
    expect(kinds(run, UNTIL + 50_000)).toEqual([`world-end ${team}`])
  })

  test('looks at nothing that is hit, and at all of it when it is over', () => {
    const run = cut()
    const tasks = new Map(
      run.state.scenario.services.flatMap(({ id, journeys }) =>
        journeys.map(
          (one) => [`${team}/${id}/${one.id}`, { ...record, startedBy: run.state.position }] as const,
        ),
      ),
    )
    const looks = (atMs: number) =>
      wanted(run.state, { tasks, served: new Map(), turned: new Map() }, { atMs, wallMs: atMs })
        .flatMap(({ task }) => (task.kind === 'journey' || task.kind === 'light-check' ? [task] : []))
        .filter((task) => task.team === team && task.service === 'tax')
    expect(looks(AT + 50_000)).toEqual([])
    end(run, team, AT + 1_000)
    expect(looks(AT + 1_000)).toHaveLength(4)
  })
})
