import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { fold } from '#exercise/fold/evolve.ts'
import { scoreAt } from '#exercise/scoring/scoring.ts'
import { rescored, runRescore } from '../../server/cli/rescore.ts'
import { readScoring } from '../../server/scenario/scoring-file.ts'
import { goldenLedger } from '../exercise/golden-views.ts'
import { exported, fill, goldenStored, openLightStore, scratch, withSeats } from './kit.ts'

const state = fold(goldenLedger('exercise-day'))
const { scoring } = state.scenario

describe('other weights', () => {
  test('are given like a scenario’s, under that name or by themselves; what is not named stays', () => {
    for (const text of [
      'scoring:\n  defence: 500\n  recoveryZero: 20m\n',
      'defence: 500\nrecoveryZero: 20m\n',
    ])
      expect(readScoring(text, scoring)).toEqual({
        ok: true,
        scoring: { ...scoring, defence: 500, recoveryZeroMs: 1_200_000 },
      })
  })
  test.each([
    ['defence: many\ndefense: 3', [/^defence: /, /defense/]],
    ['', [/names no weights/]],
    ['- 1', [/names no weights/]],
    ['defence: [', [/./]],
    ['recoveryZero: 1s', [/recoveryZero: must be more/]],
  ] as const)('%j is refused with all that is wrong', (text, faults) => {
    const read = readScoring(text, scoring)
    if (read.ok) throw new Error('it was taken')
    for (const fault of faults) expect(read.faults.some((one) => fault.test(one))).toBe(true)
  })
})

test('what is said has the record’s points and those by other weights, what was decided by hand, and how firm the order is', () => {
  const other = { ...scoring, defence: 0 }
  const text = rescored(state, other)
  expect(text).toContain(`defence: ${scoring.defence} -> 0`)
  for (const { id, name, adjustments } of state.teams) {
    const line = text.split('\n').find((one) => one.includes(` ${name.en} `)) ?? ''
    const points = (of: typeof state) => scoreAt(of, id, state.atMs).total.toFixed(0)
    expect(line).toContain(`${points(state)} of `)
    expect(line).toContain(`${points({ ...state, scenario: { ...state.scenario, scoring: other } })} of `)
    for (const { reason } of adjustments) expect(text).toContain(reason)
  }
  for (const within of ['5 %', '10 %', '20 %']) expect(text).toContain(`within ${within}: it `)
})

test('kilp rescore counts an export again, and the file stays as it is', async () => {
  const store = await openLightStore()
  await fill(store, 'first-light', withSeats(goldenStored('exercise-day')))
  const folder = scratch()
  const bytes = await exported(store, 'first-light')
  await store.close()
  writeFileSync(join(folder, 'day.tar'), bytes)
  writeFileSync(join(folder, 'other.yaml'), 'scoring: { defence: 0 }')
  writeFileSync(join(folder, 'bad.yaml'), 'defense: 0')
  vi.stubEnv('INIT_CWD', folder)
  let said = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += String(text)
    return true
  })
  onTestFinished(() => {
    vi.restoreAllMocks()
    vi.unstubAllEnvs()
  })
  await runRescore('day.tar', { scoring: 'other.yaml' })
  expect(said).toContain(`defence: ${scoring.defence} -> 0`)
  await runRescore('day.tar', {})
  expect(said).toContain('The weights of the record.')
  await expect(runRescore('day.tar', { scoring: 'bad.yaml' })).rejects.toThrow(
    /bad\.yaml can not be used.*\n.*defense/,
  )
  await expect(runRescore('day.tar', { scoring: 'none.yaml' })).rejects.toThrow(/none\.yaml can not be read/)
  expect(readFileSync(join(folder, 'day.tar')).equals(bytes)).toBe(true)
})
