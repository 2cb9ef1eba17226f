import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hash32 } from '#exercise/random.ts'
import { admit, type Occupied } from '#exercise/schedule/admit.ts'
import { shared } from '#exercise/schedule/shared.ts'
import { dueNow, type Records, type Wanted } from '#exercise/schedule/task.ts'
import { wanted } from '#exercise/schedule/wanted.ts'
import { openRecords } from '../../server/engine/runner/records.ts'
import { attacked, runningRun, seen } from './run.ts'
import { broadScenario, countBy, manyTeams, oneMachine, running, simulate } from './schedule-run.ts'

const none: Records = { tasks: new Map(), served: new Map(), turned: new Map() }
const full = ({ one }: { one: { lane: string } }) => one.lane === 'full'
/** The same for the same work, so that runs do not depend on an order. */
const chance = (seed: number, key: string) => hash32(`${seed}/${key}`) / 2 ** 32

describe('the schedule', () => {
  test('nothing starves: whatever is slow, hangs or fails, every check of every team comes again and again', () => {
    fc.assert(
      fc.property(
        fc.nat(1e6),
        fc.integer({ min: 2, max: 5 }),
        fc.integer({ min: 1, max: 4 }),
        (seed, count, cores) => {
          const teams = manyTeams(count)
          const state = running(broadScenario(3, 3, 20_000), teams)
          const starts = simulate({
            state,
            capacity: oneMachine(teams, cores),
            // One processor for five teams goes around all of them in some minutes.
            ms: 1_500_000,
            // Some hang for their whole deadline.
            costMs: ({ key, lane }) => (lane === 'light' ? 100 : chance(seed, key) < 0.2 ? 4_000 : 500),
            good: ({ key }) => chance(seed + 1, key) < 0.7,
          })
          const late = countBy(
            starts.filter(({ atMs }) => atMs > 500_000),
            ({ one }) => one.key,
          )
          for (const { id } of teams)
            for (const service of state.scenario.services)
              for (const journey of service.journeys)
                expect(late.get(`${id}/${service.id}/${journey.id}`) ?? 0).toBeGreaterThan(0)
        },
      ),
      { numRuns: 3 },
    )
  })

  test('teams are alike to within one run at every moment, whatever fails at some of them', () => {
    fc.assert(
      fc.property(
        fc.nat(1e6),
        fc.integer({ min: 2, max: 8 }),
        fc.integer({ min: 1, max: 8 }),
        (seed, count, cores) => {
          const teams = manyTeams(count)
          const state = running(broadScenario(4, 6, 1_000), teams)
          const starts = simulate({
            state,
            capacity: oneMachine(teams, cores),
            ms: 120_000,
            costMs: ({ lane }) => (lane === 'light' ? 100 : 1_000),
            good: ({ key, team }) => chance(seed, team ?? '') < 0.5 || chance(seed, key) < 0.3,
          }).filter(full)
          const counts = new Map(teams.map(({ id }) => [id, 0]))
          for (const { one } of starts) {
            counts.set(one.team ?? '', (counts.get(one.team ?? '') ?? 0) + 1)
            expect(Math.max(...counts.values()) - Math.min(...counts.values())).toBeLessThanOrEqual(1)
          }
          expect(starts.length).toBeGreaterThan(50)
        },
      ),
      { numRuns: 6 },
    )
  })

  test('a team whose work hangs delays itself: the others keep at least half of their runs', () => {
    const teams = manyTeams(3)
    const state = running(broadScenario(4, 6, 1_000), teams)
    const runs = (hangs: boolean) =>
      countBy(
        simulate({
          state,
          capacity: oneMachine(teams, 2),
          ms: 600_000,
          costMs: ({ lane, team }) => (hangs && team === 't0' ? 20_000 : lane === 'light' ? 100 : 500),
        }).filter(({ one }) => one.team === 't1'),
        ({ one }) => one.lane,
      )
    const [calm, hanging] = [runs(false), runs(true)]
    expect((hanging.get('full') ?? 0) / (calm.get('full') ?? 1)).toBeGreaterThan(0.5)
    expect((hanging.get('light') ?? 0) / (calm.get('light') ?? 1)).toBeGreaterThan(0.9)
  })

  test('when capacity halves, all intervals double', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 5 }), fc.constantFrom(2, 4), (count, cores) => {
        const teams = manyTeams(count)
        // More of both kinds than the machine can do.
        const state = running(broadScenario(24, 1, 2_000), teams)
        const meanRuns = (machine: number) =>
          countBy(
            simulate({
              state,
              capacity: oneMachine(teams, machine),
              ms: 400_000,
              costMs: ({ lane }) => (lane === 'light' ? 10_000 : 1_000),
            }).filter(({ atMs }) => atMs > 150_000),
            ({ one }) => `${one.lane} ${one.team}`,
          )
        const [whole, half] = [meanRuns(cores), meanRuns(cores / 2)]
        expect(whole.size).toBe(2 * count)
        for (const [kind, runs] of whole) {
          expect(runs / (half.get(kind) ?? 0)).toBeGreaterThan(1.8)
          expect(runs / (half.get(kind) ?? 0)).toBeLessThan(2.2)
        }
      }),
      { numRuns: 4 },
    )
  })

  /** Light checks in five minutes of two teams with 16 services, of which the first `bad` are not up. */
  const lightChecksOf = (not: 'slow' | 'down', cores = 8, costMs = 200) => {
    const teams = manyTeams(2)
    const state = running(broadScenario(16, 0, 1_000), teams)
    return (bad: number) => {
      const verdict = (place: number) => (place < bad ? not : 'up')
      const starts = simulate({
        state: {
          ...state,
          teams: state.teams.map((team) => ({
            ...team,
            services: team.services.map((one, place) => ({
              ...one,
              verdict: verdict(place),
              journeys: one.journeys.map((journey) => ({ ...journey, verdict: verdict(place) })),
            })),
          })),
        },
        capacity: oneMachine(teams, cores),
        ms: 300_000,
        costMs: () => costMs,
        good: ({ key }) => verdict(Number(/s(\d+)/.exec(key)?.[1])) === 'up',
      })
      return countBy(starts, ({ one }) => one.key)
    }
  }

  test('what is down is looked at again at once where it is one, and hardly more often than ever where it is all', () => {
    const lightChecks = lightChecksOf('down')
    const total = (bad: number) => [...lightChecks(bad).values()].reduce((sum, runs) => sum + runs, 0)
    const calm = total(0)
    // One: about every 1.3 s.
    expect(lightChecks(1).get('t0/s0/alive')).toBeGreaterThan(200)
    for (const bad of [1, 4, 8, 12, 16]) expect([bad, total(bad) / calm < 1.7]).toEqual([bad, true])
    expect(total(16) / calm).toBeLessThan(1.1)
  })

  test('whether attackers are still inside is looked at though many journeys have not been seen yet', () => {
    const run = runningRun()
    const [team = ''] = run.state.teams.map(({ id }) => id)
    const of = (n: number): Wanted => ({
      ...dueNow({ kind: 'journey', team, service: 's', journey: `j${n}` }, { key: `j${n}`, team }, 0),
      lane: 'full',
      everyMs: 60_000,
      first: true,
    })
    const foothold: Wanted = {
      ...dueNow({ kind: 'foothold', team, attack: 'a', openMs: 0 }, { key: 'foothold', team }, 60_000),
      lane: 'full',
      everyMs: 10_000,
    }
    const unseen = Array.from({ length: 40 }, (_, n) => of(n))
    const [next] = admit([...unseen, foothold], [], none, oneMachine(run.state.teams, 1), 90_000)
    expect(next?.key).toBe('foothold')
  })

  test('what is slow by itself is looked at again soon; where many are, no more often than what is not', () => {
    const lightChecks = lightChecksOf('slow')
    const every = lightChecks(0).get('t0/s0/alive') ?? 0
    expect(lightChecks(1).get('t0/s0/alive')).toBeGreaterThan(every * 3)
    expect(lightChecks(4).get('t0/s0/alive')).toBeLessThan(every * 1.1)
  })

  test('a machine that has become slow is asked less often', () => {
    const total = (costMs: number) =>
      [...lightChecksOf('slow', 1, costMs)(16).values()].reduce((sum, runs) => sum + runs, 0)
    // Half of the time that eight places have, at most.
    expect(total(1_500) * 1_500).toBeLessThan(0.55 * 8 * 300_000)
    expect(total(1_500)).toBeLessThan(total(20) / 2)
  })

  test('what failed is looked at again as soon as something that it needs is up, however many others are not', () => {
    const run = runningRun()
    for (const service of ['registry-db', 'population', 'tax', 'portal'])
      seen(run, 'meremaa', `${service}/alive`, 'down', 10_000)
    const book = openRecords()
    const due = (atMs: number) =>
      wanted(run.state, book.records, { atMs, wallMs: atMs }).find(
        ({ key }) => key === 'meremaa/population/alive',
      )
    const first = due(10_000)
    if (!first) throw new Error('nothing is wanted')
    book.began(first, { atMs: 10_000, wallMs: 10_000 }, run.state.position, 1)
    book.ended(first, { atMs: 10_000, wallMs: 10_000 }, { good: false })
    expect(due(11_000)).toBeUndefined()
    seen(run, 'meremaa', 'registry-db/alive', 'up', 11_000)
    expect(due(11_000)).toBeDefined()
  })

  test('an attack starts at its moment, whatever runs and waits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), (busy) => {
        const run = runningRun()
        const moment = 60_000
        const running: Occupied[] = Array.from({ length: busy }, (_, i) => ({
          id: `${i}`,
          team: 'meremaa',
          lane: i % 2 ? 'full' : 'light',
          touches: null,
        }))
        const all = wanted(run.state, none, { atMs: moment, wallMs: 0 })
        const teams = run.state.teams
        const started = admit(all, running, none, oneMachine(teams, 1), moment)
        const attacks = started.filter(({ task }) => task.kind === 'attack')
        expect(attacks).toHaveLength(teams.length)
        expect(
          wanted(run.state, none, { atMs: moment - 1, wallMs: 0 }).some(
            (one) => one.lane === 'deadline' && one.task.kind === 'attack',
          ),
        ).toBe(false)
      }),
    )
  })

  test('the same records give the same plan', () => {
    const run = runningRun()
    attacked(run, 'meremaa', 'wave-1', 'landed')
    const plan = () => wanted(run.state, none, { atMs: 90_000, wallMs: 0 })
    expect(plan()).toEqual(plan())
    const capacity = oneMachine(run.state.teams, 2)
    expect(admit(plan(), [], none, capacity, 90_000)).toEqual(admit(plan(), [], none, capacity, 90_000))
  })

  test('a machine carries what is its own: another machine’s load holds nothing up', () => {
    const teams = manyTeams(2)
    const state = running(broadScenario(2, 2, 1_000), teams)
    const capacity = new Map([
      ['t0', { id: 'a', cores: 1 }],
      ['t1', { id: 'b', cores: 1 }],
    ])
    const busy: Occupied[] = [{ id: 'x', team: 't0', lane: 'full', touches: null }]
    const started = admit(wanted(state, none, { atMs: 0, wallMs: 0 }), busy, none, capacity, 0)
    expect(started.filter((one) => one.lane === 'full').map(({ team }) => team)).toEqual(['t1'])
  })

  test('exercises on one machine share its cores, and each has at least one place', () => {
    const teams = manyTeams(4)
    const state = running(broadScenario(2, 2, 1_000), teams)
    const places = (exercises: number) =>
      admit(
        wanted(state, none, { atMs: 0, wallMs: 0 }),
        [],
        none,
        shared(oneMachine(teams, 4), exercises),
        0,
      ).filter((one) => one.lane === 'full').length
    expect([1, 2, 4, 9].map(places)).toEqual([4, 2, 1, 1])
  })
})
