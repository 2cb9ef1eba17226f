import { describe, expect, test } from 'vitest'
import type { Scenario } from '#exercise/scenario/model.ts'
import { LANGS } from '#exercise/scenario/words.ts'
import { markdownOf } from '#exercise/views/report/markdown.ts'
import { objectiveFacts } from '#exercise/views/report/objectives.ts'
import { documentOf, namesIn, reportFor } from '#exercise/views/report/report.ts'
import { WORDS } from '#exercise/views/report/words/by-lang.ts'
import { blue } from '../../kit/actors.ts'
import { attack, madeScenario, madeTeams, peopledScenario, text } from '../made-scenario.ts'
import { attacked, finish, fixed, type Run, runningRun } from '../run.ts'

const [first = '', second = ''] = madeTeams.map(({ id }) => id)
const named = (name: string) => ({
  kind: 'seat' as const,
  seatId: name.toLowerCase(),
  seat: 'white' as const,
  name,
})
const mari = named('Mari')
const juri = named('Jüri')

const scenario: Scenario = {
  ...madeScenario,
  objectives: ['hold', 'answer', 'never', 'cut-off'].map((id) => ({ id, title: text(id) })),
  attacks: [
    { ...attack('a', 'population/search-injection', 60_000), objectives: ['hold'] },
    { ...attack('b', 'tax/refund-iban', 120_000), objectives: ['never'] },
    { ...attack('late', 'tax/refund-iban', 180_000), objectives: ['cut-off'] },
  ],
  injects: peopledScenario.injects
    .filter(({ id }) => id === 'press-asks')
    .map((one) => ({ ...one, objectives: ['answer'] })),
}

function played(): Run {
  const run = runningRun(scenario)
  run.give('send-inject', { team: first, inject: 'press-asks' }, 10_000)
  const content = { kind: 'text', text: 'We know.' } as const
  run.give('answer-inject', { team: first, inject: 'press-asks', content, seen: 0 }, 20_000, blue('b1'))
  attacked(run, first, 'a', 'defended')
  run.give('launch-attack', { team: first, attack: 'late' }, 180_000)
  return run
}
const reached = ({ state }: Run) =>
  Object.fromEntries(objectiveFacts(state, state.atMs).map((one) => [one.id, one.reached]))
const sheet = ({ state }: Run, reader: 'excon' | 'minister', lang: 'en' | 'et' | 'ja' = 'en') => {
  const report = reportFor(state, null, state.atMs, { seat: 'white' }, { reader })
  if (!report) throw new Error('white may read it')
  return markdownOf(documentOf(report, WORDS[lang], namesIn(state, lang)))
}

describe('[RP3] once it is over', () => {
  test('an objective is met or not, was not tested, or waits for grades: nothing is not known yet', () => {
    const run = played()
    expect(reached(run)).toEqual({ hold: 'met', answer: 'open', never: 'open', 'cut-off': 'open' })
    finish(run)
    expect(reached(run)).toEqual({
      ...{ hold: 'met', answer: 'waiting', never: 'untested', 'cut-off': 'untested' },
    })
    for (const [lang, open] of [
      ['en', /not known/],
      ['et', /teada/],
      ['ja', /不明/],
    ] as const) {
      expect(sheet(run, 'minister', lang)).not.toMatch(open)
      expect(sheet(run, 'excon', lang).split('\n').slice(0, 30).join('\n')).not.toMatch(open)
    }
    expect(sheet(run, 'excon')).toContain('waits for a grade of 1 team')
    expect(sheet(run, 'excon')).toContain('Attack title of b: did not come.')
    expect(sheet(run, 'excon')).toContain('Attack title of late: could not be judged for 1 team.')
  })

  test('a grade that comes after the end says it', () => {
    const run = played()
    finish(run)
    const grade = { team: first, inject: 'press-asks', comment: '', final: false, seen: 1 }
    run.give('grade-inject', { ...grade, criteria: { true: 3, calm: 1 } }, run.state.atMs, mari)
    expect(reached(run).answer).toBe('met')
  })
})

describe('who ran it and who graded', () => {
  test('is told by name, each once, to those who read of all teams, and to no team', () => {
    const run = played()
    run.give('pause-exercise', { reason: 'Lunch' }, 190_000, mari)
    run.give('resume-exercise', {}, 190_000, juri)
    run.give('add-note', { text: 'Well done' }, 200_000, mari)
    finish(run)
    const grade = { team: first, inject: 'press-asks', comment: '', final: false, seen: 1 }
    run.give('grade-inject', { ...grade, criteria: { true: 3, calm: 1 } }, run.state.atMs, named('Aiko'))
    for (const reader of ['excon', 'minister'] as const)
      expect(sheet(run, reader)).toContain('The exercise was run by Mari, Jüri and Aiko.')
    expect(sheet(run, 'excon')).toContain('Graded by Aiko.')
    expect(sheet(run, 'excon', 'et')).toContain('Õppust juhtisid Mari, Jüri ja Aiko.')
    expect(sheet(run, 'excon', 'ja')).toContain('進行役：Mari、Jüri、Aiko')
    const asked = { seat: 'blue', team: first } as const
    const own = reportFor(run.state, null, run.state.atMs, asked, { reader: 'team', team: first })
    expect(JSON.stringify(own)).not.toMatch(/Mari|Jüri|Aiko/)
  })

  test('a team that calls itself so runs nothing, and where nobody gave a name none is told', () => {
    const run = played()
    const content = { kind: 'text', text: 'We still know.' } as const
    const team = { kind: 'seat', seatId: 'b1', seat: 'blue', name: 'Mari' } as const
    run.give('answer-inject', { team: first, inject: 'press-asks', content, seen: 1 }, 190_000, team)
    finish(run)
    expect(run.state.instructors).toEqual([])
    expect(sheet(run, 'minister')).not.toContain('run by')
  })

  test('the plan names who wrote in it', () => {
    const run = played()
    run.give(
      'record-observation',
      {
        ...{ observation: 'O1', kind: 'improvement', text: 'Call sooner', recommendation: '' },
        ...{ owner: '', due: '', source: null },
      },
      190_000,
      juri,
    )
    expect(sheet(run, 'excon')).toContain('Written by Jüri.')
  })
})

/** What compares teams with each other. */
const COMPARING = {
  en: /fastest|\bPlace\b|Standings|all teams|teams|countries|other team|sooner elsewhere/i,
  et: /kiireim|edetabel|\bkoht\b|kõigil meeskondadel|iga meeskond|riigid/i,
  ja: /最速|順位|最も早|どのチーム|各国/,
} as const

test('one team is compared with nobody, whoever reads', () => {
  const [alone] = madeTeams
  const play = (teams: typeof madeTeams) => {
    const run = runningRun(scenario, teams)
    for (const { id } of teams) {
      attacked(run, id, 'a', 'landed')
      fixed(run, id, 'a', 90_000)
    }
    finish(run)
    return run
  }
  const said = (run: Run, lang: (typeof LANGS)[number]) => {
    const { state } = run
    const wanted = [{ reader: 'excon' }, { reader: 'minister' }, { reader: 'team', team: first }] as const
    return wanted
      .map((one) => reportFor(state, null, state.atMs, { seat: 'white' }, one))
      .flatMap((report) => (report ? markdownOf(documentOf(report, WORDS[lang], namesIn(state, lang))) : []))
      .join('\n')
      .replaceAll(WORDS[lang].labels.heat, '')
  }
  const one = play(alone ? [alone] : [])
  const several = play(madeTeams)
  expect(second).not.toBe('')
  for (const lang of LANGS) {
    expect(COMPARING[lang].exec(said(one, lang))?.[0]).toBeUndefined()
    expect(said(several, lang)).toMatch(COMPARING[lang])
  }
  expect(
    JSON.stringify(reportFor(one.state, null, one.state.atMs, { seat: 'white' }, { reader: 'excon' })),
  ).not.toContain('"best":true')
})
