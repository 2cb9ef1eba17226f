import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PLATFORM } from '#exercise/ledger/actor.ts'
import { hash32 } from '#exercise/random.ts'
import type { Scenario } from '#exercise/scenario/model.ts'
import { at } from '#exercise/scenario/trigger.ts'
import { admit } from '#exercise/schedule/admit.ts'
import { attackWaits } from '#exercise/schedule/launch.ts'
import { dueNow, type Wanted } from '#exercise/schedule/task.ts'
import { wanted } from '#exercise/schedule/wanted.ts'
import { openRecords } from '../../server/engine/runner/records.ts'
import { attack, madeScenario } from './made-scenario.ts'
import { attacked, look, type Run, runningRun } from './run.ts'
import { manyTeams, oneMachine } from './schedule-run.ts'

const TICK_MS = 200
const [ONE, OTHER] = ['tax/refund-iban', 'portal/stored-script'] as const

interface Ran {
  readonly kind: string
  readonly touches: string
  readonly fromMs: number
  readonly toMs: number
}

/** Attacks on two weaknesses: at moments, held ready for the instructor, and after others. */
const stormOf = (moments: readonly number[]): Scenario => ({
  ...madeScenario,
  citizens: { visitsPerMinute: 0, personas: [] },
  attacks: [
    attack('first', ONE, 1_000),
    attack('other', OTHER, 2_000),
    ...moments.map((atMs, n) => attack(`at-${n}`, n % 2 ? ONE : OTHER, atMs)),
    { ...attack('held', ONE, 0), trigger: { kind: 'manual' } },
    {
      ...attack('next', OTHER, 0),
      trigger: { kind: 'after', after: { kind: 'attack', id: 'at-0', outcome: 'concluded' }, delayMs: 7_000 },
    },
  ],
})

/** Lets an exercise go on for `wallMs`, as the runner does it: every attack lands, and footholds stay. Returns what touched a weakness, and how often an attack waited. */
function storm(run: Run, speed: number, seed: number, wallMs: number) {
  const book = openRecords()
  const going = new Map<string, { readonly one: Wanted; readonly fromMs: number; readonly toMs: number }>()
  const ran: Ran[] = []
  let waits = 0
  let waitedFor = true
  const capacity = oneMachine(run.state.teams, 8)
  for (let wall = 0; wall < wallMs; wall += TICK_MS) {
    const now = { atMs: wall * speed, wallMs: wall }
    if (hash32(`${seed}/fire/${wall}`) % 400 === 0)
      run.try({
        type: 'fire-entry',
        at: now.atMs,
        by: PLATFORM,
        data: { kind: 'attack', id: 'held', team: null },
      })
    for (const [id, { one, fromMs, toMs }] of going) {
      if (toMs > wall) continue
      going.delete(id)
      book.ended(one, now, { good: true })
      if (one.touches) ran.push({ kind: one.task.kind, touches: one.touches, fromMs, toMs: wall })
      if (one.task.kind !== 'attack') continue
      const { team, attack: id2 } = one.task
      const data = { team, attack: id2, attempt: 1, result: 'landed', alive: true } as const
      run.give('report-attack', { ...data, evidence: look('up').evidence }, now.atMs)
    }
    const all = wanted(run.state, book.records, now)
    const occupied = [...going.values()].map(({ one }) => one)
    for (const one of admit(all, occupied, book.records, capacity, now.atMs)) {
      // A look or an attack takes up to a minute: what hangs, and attackers who ask again.
      const costMs = one.touches ? 200 + (hash32(`${seed}/${one.id}/${wall}`) % 60_000) : 400
      book.began(one, now, run.state.position, 1)
      going.set(one.id, { one, fromMs: wall, toMs: wall + costMs })
      if (one.task.kind === 'attack')
        run.give('launch-attack', { team: one.task.team, attack: one.task.attack }, now.atMs)
    }
    for (const { id, task, touches } of all) {
      if (task.kind !== 'attack' || going.has(id)) continue
      waits += 1
      waitedFor &&= [...going.values()].some(({ one }) => one.touches === touches)
    }
  }
  for (const { one, fromMs } of going.values())
    if (one.touches) ran.push({ kind: one.task.kind, touches: one.touches, fromMs, toMs: wallMs })
  return { ran, waits, waitedFor }
}

const overlapping = (ran: readonly Ran[]) =>
  ran.flatMap((a, n) =>
    ran
      .slice(n + 1)
      .flatMap((b) => (a.touches === b.touches && a.fromMs < b.toMs && b.fromMs < a.toMs ? [[a, b]] : [])),
  )

describe('looks at footholds and attacks [SC18]', () => {
  test('on the same weakness of a team never run at once, whichever begins first; an attack waits for the end of what runs, and for nothing else', () => {
    let waits = 0
    let looks = 0
    fc.assert(
      fc.property(
        fc.nat(1e6),
        fc.array(fc.integer({ min: 30_000, max: 400_000 }), { minLength: 4, maxLength: 8 }),
        fc.constantFrom(1, 4),
        (seed, moments, speed) => {
          const run = runningRun(stormOf(moments), manyTeams(2))
          run.give('change-speed', { speed })
          const found = storm(run, speed, seed, 450_000 / speed)
          expect(overlapping(found.ran)).toEqual([])
          expect(found.waitedFor).toBe(true)
          waits += found.waits
          looks += found.ran.filter(({ kind }) => kind === 'foothold').length
          // Whenever it begins, the ledger has the moment that was planned.
          for (const event of run.ledger)
            if (event.type === 'attack.launched' && event.data.attack.startsWith('at-'))
              expect(event.data.info?.atMs).toBe(moments[Number(event.data.attack.slice(3))])
        },
      ),
      { numRuns: 12 },
    )
    // Otherwise nothing was shown: looks ran, and attacks came due during them.
    expect(looks).toBeGreaterThan(100)
    expect(waits).toBeGreaterThan(50)
  })

  test('nothing that touches the same starts, whatever the two lanes', () => {
    const run = runningRun()
    const team = 'meremaa'
    const capacity = oneMachine(run.state.teams, 4)
    const at = (kind: 'attack' | 'foothold', touches: string): Wanted => ({
      ...dueNow(
        kind === 'attack' ? { kind, team, attack: kind } : { kind, team, attack: kind, openMs: 0 },
        { key: kind, team, touches: `${team}/${touches}` },
        0,
      ),
      lane: kind === 'attack' ? 'deadline' : 'full',
    })
    const started = (one: Wanted, beside: Wanted) =>
      admit([one], [beside], { served: new Map() }, capacity, 0).length
    expect(started(at('attack', ONE), at('foothold', ONE))).toBe(0)
    expect(started(at('foothold', ONE), at('attack', ONE))).toBe(0)
    expect(started(at('attack', ONE), at('foothold', OTHER))).toBe(1)
    expect(started(at('foothold', ONE), at('attack', OTHER))).toBe(1)
    // Of two that wait, it is the attack that goes first.
    const both = admit([at('foothold', ONE), at('attack', ONE)], [], { served: new Map() }, capacity, 0)
    expect(both.map(({ task }) => task.kind)).toEqual(['attack'])
  })

  test.each([1, 4])(
    'keep 20 seconds of wall time clear before an attack, at speed %d: the attack need not wait',
    (speed) => {
      const scenario = stormOf([])
      const run = runningRun({
        ...scenario,
        attacks: [attack('first', ONE, 1_000), { ...attack('again', ONE, 0), trigger: at(300_000) }],
      })
      run.give('change-speed', { speed })
      attacked(run, 'meremaa', 'first', 'landed')
      const looks = (atMs: number) =>
        wanted(
          run.state,
          { tasks: new Map(), served: new Map(), turned: new Map() },
          { atMs, wallMs: 0 },
        ).filter(({ task }) => task.kind === 'foothold').length
      expect(looks(300_000 - 20_000 * speed - 1)).toBe(1)
      expect(looks(300_000 - 20_000 * speed)).toBe(0)
    },
  )

  test('a look knows when the one before it found the foothold there, whatever it answered; who forgot says as lately as it should have been', () => {
    const run = runningRun(stormOf([]))
    attacked(run, 'meremaa', 'first', 'landed')
    const book = openRecords()
    const next = (atMs: number) => {
      const [look] = wanted(run.state, book.records, { atMs, wallMs: atMs }).flatMap((one) =>
        one.task.kind === 'foothold' ? [{ one, openMs: one.task.openMs }] : [],
      )
      if (!look) throw new Error('no look is due')
      return look
    }
    const landedMs = run.state.atMs
    expect(next(landedMs + 15_000).openMs).toBe(landedMs)
    expect(next(landedMs + 500_000).openMs).toBe(landedMs + 480_000)
    const { one } = next(landedMs + 15_000)
    book.began(one, { atMs: landedMs + 15_000, wallMs: 0 }, run.state.position, 1)
    book.ended(one, { atMs: landedMs + 18_000, wallMs: 0 }, { good: true })
    expect(next(landedMs + 80_000).openMs).toBe(landedMs + 15_000)
    // A look that failed by the platform's own fault saw nothing.
    const again = next(landedMs + 80_000).one
    book.began(again, { atMs: landedMs + 80_000, wallMs: 0 }, run.state.position, 1)
    book.ended(again, { atMs: landedMs + 81_000, wallMs: 0 }, null)
    expect(next(landedMs + 200_000).openMs).toBe(landedMs + 15_000)
  })

  test('whether an attack waits for a look is known to the look', () => {
    const run = runningRun(stormOf([]))
    const [team] = run.state.teams
    if (!team) throw new Error('no team')
    expect(attackWaits(run.state, team, ONE, 999)).toBe(false)
    expect(attackWaits(run.state, team, ONE, 1_000)).toBe(true)
    expect(attackWaits(run.state, team, OTHER, 1_000)).toBe(false)
  })
})
