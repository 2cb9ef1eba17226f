import { describe, expect, test } from 'vitest'
import { mayCommand } from '#exercise/decide/authority.ts'
import type { CommandPayloads } from '#exercise/decide/commands.ts'
import { fold } from '#exercise/fold/evolve.ts'
import { redact } from '#exercise/ledger/audience.ts'
import { isCalendarDate } from '#exercise/scenario/calendar-date.ts'
import { planFacts } from '#exercise/views/report/plan.ts'
import { proposals } from '#exercise/views/report/proposals.ts'
import { documentOf, namesIn, reportFor, tablesOf } from '#exercise/views/report/report.ts'
import { WORDS } from '#exercise/views/report/words/by-lang.ts'
import { goldenLedger } from './golden-views.ts'
import { naiveAttacks } from './report/naive.ts'
import { attacked, finish, fixed, runningRun } from './run.ts'

const END_MS = 600_000
const anna = { kind: 'seat', seatId: 'w', seat: 'white', name: 'Anna' } as const
const bo = { kind: 'seat', seatId: 'w', seat: 'white', name: 'Bo' } as const
const line = (more: Partial<CommandPayloads['record-observation']> = {}) => ({
  ...({ observation: 'o1', source: null, kind: 'improvement', text: 'They were late.' } as const),
  ...{ recommendation: '', owner: '', due: '', ...more },
})
const recorded = () => {
  const run = runningRun()
  run.give('record-observation', line(), 10_000, anna)
  return run
}
const change = (field: 'owner' | 'due' | 'text' | 'kind', value: string) => ({
  ...{ observation: 'o1', field, value },
})

describe('[RP7] the improvement plan', () => {
  test('of two who write into a field the last one stands, what was there before is kept, and who wrote it', () => {
    const run = recorded()
    run.give('change-observation', change('owner', ' CERT '), 20_000, anna)
    run.give('change-observation', change('owner', 'Police'), 20_000, bo)
    run.give('change-observation', change('due', '2028-02-29'), 21_000, bo)
    const [one] = planFacts(run.state, 30_000).lines
    expect(one).toMatchObject({
      owner: 'Police',
      due: '2028-02-29',
      text: 'They were late.',
      by: ['Anna', 'Bo'],
    })
    expect(one?.versions.map(({ value, by }) => [value, by?.kind === 'seat' && by.name])).toEqual([
      ['CERT', 'Anna'],
      ['Police', 'Bo'],
      ['2028-02-29', 'Bo'],
    ])
  })

  test('goes on after the end, and costs or earns nothing', () => {
    const run = recorded()
    finish(run)
    expect(run.give('record-observation', line({ observation: 'o2' }), END_MS, bo)).toHaveLength(1)
    expect(run.give('change-observation', change('kind', 'strength'), END_MS, bo)).toHaveLength(1)
    expect(run.give('withdraw-observation', { observation: 'o2' }, END_MS, bo)).toHaveLength(1)
    expect(planFacts(run.state, END_MS).lines.map(({ kind }) => kind)).toEqual(['strength'])
    expect(run.refused('change-observation', { ...change('text', 'x'), observation: 'o2' }).code).toBe(
      'unknown-observation',
    )
  })

  test('what is wrong is refused, and nothing of it is kept', () => {
    const run = recorded()
    const refused = (more: Parameters<typeof line>[0]) =>
      run.refused('record-observation', line({ observation: 'o9', ...more })).code
    expect(refused({ text: ' \u200b ' })).toBe('observation-empty')
    expect(refused({ text: 'x'.repeat(2_001) })).toBe('observation-too-long')
    expect(refused({ owner: 'x'.repeat(201) })).toBe('observation-too-long')
    expect(refused({ due: '2027-02-29' })).toBe('bad-due-date')
    expect(run.refused('change-observation', change('kind', 'weakness')).code).toBe('bad-observation')
    expect(run.refused('change-observation', change('text', ' ')).code).toBe('observation-empty')
    for (let n = 2; n <= 500; n += 1) run.give('record-observation', line({ observation: `o${n}` }))
    expect(run.refused('record-observation', line({ observation: 'more' })).code).toBe(
      'too-many-observations',
    )
  })

  test('a finding is taken over once, by whoever is first, and again when that was removed', () => {
    const run = recorded()
    const take = (observation: string) =>
      run.give('record-observation', line({ observation, source: 'open/x' }), 12_000, anna).length
    expect([take('a'), take('a'), take('b')]).toEqual([1, 0, 0])
    run.give('withdraw-observation', { observation: 'a' }, 13_000, bo)
    expect(take('b')).toBe(1)
  })

  test('is white’s alone', () => {
    const run = recorded()
    run.give('change-observation', change('owner', 'CERT'), 20_000, anna)
    for (const audience of [
      { seat: 'observer' },
      { seat: 'guest' },
      { seat: 'blue', team: 'meremaa' },
    ] as const) {
      const told = run.ledger.flatMap((event) => redact(event, audience) ?? [])
      expect(JSON.stringify(told)).not.toMatch(/observation|late|CERT/)
      expect(planFacts(fold(told), 30_000).lines).toEqual([])
      const team = audience.seat === 'blue' ? audience.team : null
      for (const type of ['record-observation', 'change-observation', 'withdraw-observation'] as const)
        expect(mayCommand(audience.seat, team, { type, data: line() as never })).not.toBe(true)
    }
  })

  test('is in the report of exercise control: in words, and as a table', () => {
    const run = recorded()
    run.give('change-observation', change('owner', '=1+1'), 20_000, anna)
    const report = reportFor(run.state, null, 30_000, { seat: 'white' }, { reader: 'excon' })
    if (!report) throw new Error('no report')
    const { blocks } = documentOf(report, WORDS.en, namesIn(run.state, 'en'))
    const table = blocks.find((block) => block.kind === 'table' && block.name === 'plan')
    expect(JSON.stringify(table)).toMatch(/They were late\..*area for improvement.*=1\+1/)
    const csv = tablesOf(report, 'en').find(({ name }) => name === 'plan')
    expect(csv?.rows[0]?.slice(0, 7)).toEqual([
      'o1',
      'improvement',
      'They were late.',
      '',
      '=1+1',
      '',
      'Anna',
    ])
  })
})

describe('[RP7] findings of the platform', () => {
  test.each(['first-light', 'witness', 'exercise-day'])('of %s are what its ledger has', (name) => {
    const ledger = goldenLedger(name)
    const found = proposals(fold(ledger), END_MS)
    const attacks = naiveAttacks(ledger)
    const landed = attacks.filter(({ landedMs }) => landedMs !== null)
    const ids = [...new Set(attacks.map(({ attack }) => attack))]
    for (const id of ids) {
      const open = landed.filter(({ attack, closedMs }) => attack === id && closedMs === null)
      const said = found.find((one) => one.id === `never-closed/${id}` || one.id === `unnoticed/${id}`)
      expect(said?.evidence.map(({ team }) => team).toSorted() ?? [], id).toEqual(
        open.map(({ team }) => team).toSorted(),
      )
      const judged = attacks.filter(
        ({ attack, landedMs, blocked }) => attack === id && (landedMs !== null || blocked),
      )
      const all = judged.length > 0 && judged.every(({ blocked }) => blocked === 'defended')
      expect(
        found.some((one) => one.id === `blocked/${id}`),
        id,
      ).toBe(all)
    }
    expect(found.length).toBeGreaterThan(0)
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length)
  })

  test('what is open is none while time runs, and none once it was closed', () => {
    const run = runningRun()
    attacked(run, 'meremaa', 'wave-1', 'landed')
    attacked(run, 'saareke', 'wave-1', 'landed')
    const open = () => proposals(run.state, run.state.atMs).find(({ code }) => code === 'never-closed')
    expect(open()).toBeUndefined()
    fixed(run, 'meremaa', 'wave-1', 90_000)
    finish(run)
    expect(open()).toMatchObject({ n: 1, of: 2, kind: 'improvement', evidence: [{ team: 'saareke' }] })
  })

  test('days of the calendar', () => {
    const good = ['2026-11-30', '2028-02-29', '2000-02-29', '2999-12-31']
    const bad = [
      '',
      '2026-11-31',
      '2027-02-29',
      '2100-02-29',
      '2026-13-01',
      '2026-00-10',
      '2026-1-1',
      '1999-01-01',
    ]
    expect(good.filter(isCalendarDate)).toEqual(good)
    expect(bad.filter(isCalendarDate)).toEqual([])
  })
})
