import { describe, expect, test } from 'vitest'
import { mayCommand } from '#exercise/decide/authority.ts'
import { fold } from '#exercise/fold/evolve.ts'
import { PLATFORM } from '#exercise/ledger/actor.ts'
import { nameInFile } from '#exercise/scenario/name-in-file.ts'
import { EXERCISE_NAME_LENGTH } from '#exercise/scenario/written-name.ts'
import { exerciseView } from '#exercise/views/exercise-view.ts'
import { goldenLedger } from './golden-views.ts'
import { readyRun } from './run.ts'

describe('a name of its own', () => {
  test('is what all read from then on, also after the end, and may be taken back', () => {
    const run = readyRun()
    const called = () => exerciseView(run.state, 0, { seat: 'guest' }).title
    const scenario = called()
    run.give('name-exercise', { name: '  Spring 2027,  CERT Tartu ' }, 0, PLATFORM)
    expect(run.state.name).toBe('Spring 2027, CERT Tartu')
    expect(called()).toEqual({
      en: 'Spring 2027, CERT Tartu',
      et: 'Spring 2027, CERT Tartu',
      ja: 'Spring 2027, CERT Tartu',
    })
    run.give('name-exercise', { name: null }, 0, PLATFORM)
    expect(called()).toEqual(scenario)
  })

  test('is bounded, has nothing in it that controls, and is given by the platform alone', () => {
    const run = readyRun()
    for (const name of ['', ' ', 'a\nb', '\u202eabc', 'x'.repeat(EXERCISE_NAME_LENGTH + 1)])
      expect(run.refused('name-exercise', { name }, 0, PLATFORM).code).toBe('bad-name')
    expect(mayCommand('white', null, { type: 'name-exercise', data: { name: 'Ours' } })).not.toBe(true)
    expect(run.state.name).toBeNull()
  })

  test('older ledgers have none', () => {
    expect(fold(goldenLedger('first-light')).name).toBeNull()
  })

  test('stands in names of files, and breaks none', () => {
    expect(nameInFile('Spring 2027, CERT Tartu')).toBe('-spring-2027-cert-tartu')
    expect(nameInFile('春の演習 2027')).toBe('-春の演習-2027')
    expect([nameInFile('../../etc'), nameInFile('!!'), nameInFile(null)]).toEqual(['-etc', '', ''])
  })
})
