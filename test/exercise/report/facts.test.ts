import { describe, expect, test } from 'vitest'
import { evolve } from '#exercise/fold/evolve.ts'
import { initialState } from '#exercise/fold/state.ts'
import { redact } from '#exercise/ledger/audience.ts'
import type { Recorded } from '#exercise/ledger/events.ts'
import type { Audience } from '#exercise/scenario/model.ts'
import { exconFacts } from '#exercise/views/report/excon-facts.ts'
import { measures, WELL, wellAndToDo } from '#exercise/views/report/measures.ts'
import { ministerFacts } from '#exercise/views/report/minister-facts.ts'
import { navigatorLayer } from '#exercise/views/report/navigator-layer.ts'
import { reportFor } from '#exercise/views/report/report.ts'
import { teamFacts } from '#exercise/views/report/team-facts.ts'
import { type Folded, foldOn, nothingFolded } from '#exercise/wire/folded.ts'
import { goldenLedger } from '../golden-views.ts'
import { naiveAnswers, naiveAttacks } from './naive.ts'

const END_MS = 600_000
const TEAMS = ['meremaa', 'saareke', 'laanemets']
const white: Audience = { seat: 'white' }
const foldedOf = (events: readonly Recorded[]): Folded => foldOn(nothingFolded, events, events.length)
const until = (ledger: readonly Recorded[], ms: number) => ledger.filter(({ at }) => at <= ms)

describe.each(['first-light', 'witness', 'exercise-day'])('the report of the golden ledger %s', (name) => {
  const whole = goldenLedger(name)

  test.each([150_000, 320_000, END_MS])('at %d ms has the times and fates that the ledger has', (ms) => {
    const ledger = until(whole, ms)
    const { heat } = exconFacts(foldedOf(ledger).state, ms)
    const naive = naiveAttacks(ledger)
    expect(naive.length).toBeGreaterThan(2)
    for (const one of naive) {
      const cell = heat
        .find(({ attack }) => attack === one.attack)
        ?.cells.find(({ team }) => team === one.team)
      expect(cell?.times?.landedMs).toBe(one.landedMs)
      expect(cell?.times?.mendedMs).toBe(one.closedMs)
      expect(cell?.times?.confirmedMs).toBe(one.foundMs)
      if (one.blocked) expect(cell?.state).toBe(one.blocked === 'defended' ? 'blocked' : 'blocked-by-outage')
      if (one.landedMs !== null) expect(cell?.state).toBe(one.closedMs === null ? 'open' : 'closed')
      if (one.landedMs === null) expect(cell?.ms).toBeNull()
    }
    expect(heat.flatMap(({ cells }) => cells).filter(({ times }) => times !== null)).toHaveLength(
      naive.length,
    )
  })

  test('[RP1] counts attacks, answers and people as the ledger does', () => {
    const { state } = foldedOf(whole)
    const facts = ministerFacts(state, END_MS)
    const naive = naiveAttacks(whole)
    const landed = naive.filter(({ landedMs }) => landedMs !== null)
    expect(facts.attacks).toEqual({
      judged: naive.filter(({ landedMs, blocked }) => landedMs !== null || blocked !== null).length,
      stopped: naive.filter(({ blocked }) => blocked === 'defended').length,
      landed: landed.length,
      inside: landed.filter(({ closedMs }) => closedMs === null).length,
    })
    const measured = new Map(measures(state, state.teams, END_MS).map((one) => [one.aspect, one]))
    expect(measured.get('driven-out')).toMatchObject({
      n: landed.filter(({ closedMs }) => closedMs !== null).length,
      of: landed.length,
    })
    const answers = naiveAnswers(whole, END_MS)
    const { n, of } = measured.get('answered') ?? { n: 0, of: 0 }
    expect({ n, of }).toEqual(answers)
  })

  test('people and hours are those of every moment, added up one after the other', () => {
    let [state, peak, sum, since, now] = [initialState, 0, 0, 0, 0]
    for (const event of whole) {
      sum += now * (event.at - since)
      since = event.at
      state = evolve(state, event)
      now = state.teams.reduce((all, { affected }) => all + (affected.at(-1)?.people ?? 0), 0)
      peak = Math.max(peak, now)
    }
    const facts = ministerFacts(state, END_MS)
    expect(peak).toBeGreaterThan(0)
    expect(facts.personHours).toBeCloseTo(sum / 3_600_000, 6)
    expect(facts.peak?.people).toBe(peak)
  })

  test.each([150_000, END_MS])('a team reads at %d ms what white reads of it, from its own stream', (ms) => {
    const ledger = until(whole, ms)
    const all = foldedOf(ledger)
    for (const team of TEAMS) {
      const blue: Audience = { seat: 'blue', team }
      const own = foldOn(
        nothingFolded,
        ledger.flatMap((event) => redact(event, blue) ?? []),
        ledger.length,
      )
      const facts = teamFacts(own.state, own.losses, ms, team, blue)
      expect(facts).not.toBeNull()
      expect(facts).toEqual(teamFacts(all.state, all.losses, ms, team, white))
    }
  })
})

describe('the report of an exercise day', () => {
  const whole = goldenLedger('exercise-day')
  const { state, losses } = foldedOf(whole)

  test('nobody reads another’s report, and guests none', () => {
    const blue: Audience = { seat: 'blue', team: 'saareke' }
    const read = (asking: Audience, team: string) =>
      reportFor(state, losses, END_MS, asking, { reader: 'team', team })?.reader ?? null
    expect([read(blue, 'saareke'), read(blue, 'meremaa'), read(white, 'meremaa')]).toEqual([
      'team',
      null,
      'team',
    ])
    expect(read(white, 'nobody')).toBeNull()
    for (const asking of [blue, { seat: 'guest' }, { seat: 'observer' }] as const)
      for (const reader of ['minister', 'excon'] as const)
        expect(reportFor(state, losses, END_MS, asking, { reader })).toBeNull()
  })

  test('[RP6] says nothing of what others did sooner before the end', () => {
    const early = foldedOf(until(whole, 320_000))
    const during = teamFacts(early.state, early.losses, 320_000, 'saareke', white)
    expect(during?.attacks.length).toBeGreaterThan(3)
    expect(during?.attacks.filter(({ elsewhere }) => elsewhere !== null)).toEqual([])
    const after = teamFacts(state, losses, END_MS, 'saareke', white)
    expect(after?.attacks[0]?.elsewhere).toEqual({
      ...{ sooner: 1, fastest: 'meremaa', fastestMs: 30_000, ownMs: 170_000 },
    })
  })

  test('[RP2] what went well and what is to do rest on counts, and never on the same', () => {
    for (const teams of [state.teams, ...state.teams.map((team) => [team])]) {
      const all = measures(state, teams, END_MS)
      const { well, toDo } = wellAndToDo(all)
      expect(well.length + toDo.length).toBeGreaterThan(0)
      expect([well.length, toDo.length].every((count) => count <= 3)).toBe(true)
      expect(well.every(({ n, of }) => n / of >= WELL)).toBe(true)
      expect(toDo.every(({ n, of }) => n / of < WELL)).toBe(true)
      // The worst is among what is to do, the best among what went well.
      const shares = all.map(({ n, of }) => n / of)
      if (toDo[0]) expect(toDo[0].n / toDo[0].of).toBe(Math.min(...shares))
      if (well[0]) expect(well[0].n / well[0].of).toBe(Math.max(...shares))
    }
  })

  test('what attacks that nobody could judge took is told, and that teams were not served alike', () => {
    const { platform } = exconFacts(state, END_MS)
    expect(platform.teams.map(({ judged, void: count }) => [judged, count])).toEqual([
      [6, 1],
      [7, 0],
      [7, 0],
    ])
    expect(platform).toMatchObject({ even: false, checks: null, pauses: 1, skips: 1, skippedMs: 1000 })
  })

  test('the layer has what was played once each, scored by what was stopped', () => {
    const layer = navigatorLayer(state)
    expect(layer.versions.layer).toBe('4.5')
    const naive = naiveAttacks(whole)
    const stopped = naive.filter(({ blocked }) => blocked === 'defended').length
    const judged = naive.filter(({ landedMs, blocked }) => landedMs !== null || blocked !== null).length
    const said = layer.techniques.map(({ comment }) =>
      (/^(\d+) of (\d+)/.exec(comment) ?? []).slice(1).map(Number),
    )
    expect(said.reduce((sum, [n = 0]) => sum + n, 0)).toBe(stopped)
    expect(said.reduce((sum, [, n = 0]) => sum + n, 0)).toBe(judged)
    expect(layer.techniques.map(({ techniqueID, score }) => [techniqueID, score])).toEqual([
      ['T1190', 33],
      ['T1213.006', 33],
      ['T1539', 20],
      ['T1657', 33],
    ])
  })

  test('an attack that two teams never noticed fell flat, and one that never came', () => {
    const { flat } = exconFacts(state, END_MS)
    expect(flat.map(({ id, reason, teams }) => [id, reason, teams])).toEqual([
      ['wave-3', 'unnoticed', 2],
      ['wave-5', 'unnoticed', 1],
      ['once-more', 'never-came', 3],
    ])
  })
})
