import { describe, expect, test } from 'vitest'
import { LANGS, type Lang } from '#exercise/scenario/words.ts'
import { ASPECTS } from '#exercise/views/report/measures.ts'
import { WORDS } from '#exercise/views/report/words/by-lang.ts'
import type { Words } from '#exercise/views/report/words/words.ts'
import { GIVEN_UP } from '../../web/glossary.ts'

const COUNTS = [0, 1, 2, 3, 5, 11, 21, 24, 1_000, 123_456]
const MS = [0, 1_000, 61_000, 3_600_000]
const pairs = COUNTS.flatMap((of) => COUNTS.filter((n) => n <= of).map((n) => [n, of] as const))
const PROPOSALS = ['never-closed', 'unreported', 'late', 'not-met', 'met', 'blocked', 'fastest'] as const
const NAME = 'Nimi'

/** Every sentence that a language has, over all these numbers. */
function all(words: Words): readonly string[] {
  const measured = ASPECTS.flatMap((aspect) =>
    pairs.filter(([, of]) => of > 0).map(([n, of]) => ({ aspect, n, of, service: null })),
  )
  return [
    ...Object.values(words.labels),
    ...Object.values(words.category),
    ...Object.values(words.reached),
    ...Object.values(words.state),
    ...Object.values(words.noticedBy),
    ...Object.values(words.observation),
    ...measured.flatMap((one) => [words.well(one), words.toDo(one, null), words.toDo(one, NAME)]),
    ...pairs.flatMap(([n, of]) => [
      words.attacks(of, n),
      words.inside(of, n),
      words.weaknessClass('A01', 'OWASP', of, n),
      words.weaknessClass('CWE-639', null, of, n),
      words.complaints(of, n),
      words.graded(of, n),
    ]),
    ...COUNTS.flatMap((n) => [
      words.exercised(n, n, 600_000),
      words.peak(n, 1_000_000, 61_000),
      words.hours(n),
      words.unanswered(n),
      words.pauses(n),
      words.leftOpen(NAME, n * 1000, n * 2000),
      words.took(NAME, NAME, n),
      words.taken(NAME, n, NAME, Math.min(n, 24), Math.min(n, 24)),
      words.waiting(n, n, n),
      words.agreed(0.1, 0.3, n),
      words.place(1, Math.max(1, n), 1.5, 2),
      ...[true, false].map((ended) =>
        words.proof(
          NAME,
          {
            kind: 'attack',
            id: NAME,
            title: { en: '', et: '', ja: '' },
            ...{ met: n, partly: n, not: n, open: n, void: n },
          },
          ended,
        ),
      ),
      ...PROPOSALS.flatMap((code) =>
        [0, 1, Math.ceil(n / 2), n].map((some) =>
          words.proposal(
            {
              ...{ id: NAME, code, kind: 'strength', title: { en: '', et: '', ja: '' }, evidence: [] },
              ...{ n: Math.min(some, n), of: Math.max(1, n) },
              fastest: { team: NAME, ms: n * 1_000, othersMs: n * 1_000 },
            },
            NAME,
            NAME,
          ),
        ),
      ),
      words.sooner(NAME, NAME, { sooner: Math.max(1, n), fastest: NAME, fastestMs: 1_000, ownMs: null }),
      words.sooner(NAME, NAME, { sooner: 1, fastest: NAME, fastestMs: 1_000, ownMs: n * 1_000 }),
      ...(['unread', 'unanswered', 'unnoticed', 'void', 'never-came'] as const).map((why) =>
        words.flat(NAME, why, Math.max(1, n)),
      ),
    ]),
    ...MS.flatMap((ms) => [
      words.asOf(ms, 600_000, true),
      words.asOf(ms, 600_000, false),
      words.skips(2, ms),
      words.late(false, ms),
    ]),
    ...[
      words.skips(0, 0),
      words.skips(1, 1_000),
      words.late(true, 0),
      words.late(false, null),
      words.even(true),
      words.even(false),
    ],
    ...[
      ...[[NAME], [NAME, NAME], [NAME, NAME, NAME]].flatMap((names) => [
        words.ranBy(names),
        words.gradedBy(names),
        words.writtenBy(names),
      ]),
      words.nobodyAffected,
      ...[1, 3].flatMap((teams) =>
        [0, 1, 120].map((min) => {
          const spread = { min, max: 120, apart: 0.25 }
          return words.checks({ atMs: 61_000, full: spread, light: spread }, teams)
        }),
      ),
      words.checksUnknown,
      words.isolationOpen,
      words.vulnerability(NAME, '2'),
      words.report('R1', null),
      words.report('R1', NAME),
    ],
    ...[
      words.title('minister', NAME),
      words.title('excon', NAME),
      words.teamTitle(NAME, NAME),
      words.lateGrade('50%'),
    ],
  ]
}

describe.each(LANGS)('reports in %s', (lang: Lang) => {
  const said = all(WORDS[lang])

  test('say every number without a gap, a stray blank or a sign too many', () => {
    expect(said.length).toBeGreaterThan(1_500)
    expect(
      said.filter((one) => /undefined|NaN|null|Infinity|\$\{| {2}|\s[.,:]|\.\.|^\s|\s$|^$/.test(one)),
    ).toEqual([])
  })

  test('are in the words of the field', () => {
    const old = GIVEN_UP.filter(([of]) => of === lang).map(([, pattern]) => pattern)
    expect(old.length).toBeGreaterThan(1)
    for (const pattern of old) expect(said.filter((one) => pattern.test(one)).slice(0, 5)).toEqual([])
  })

  test('leave nothing in English, and no label empty', () => {
    const english = Object.entries(WORDS.en.labels)
    if (lang !== 'en')
      expect(
        english.filter(([name, text]) => WORDS[lang].labels[name as keyof Words['labels']] === text),
      ).toEqual([])
  })
})

describe('numbers choose the words', () => {
  test('English: one is, more are, none is said', () => {
    const said = all(WORDS.en).map((one) => one.replaceAll(/[\d,]+,(?=\d{3})/g, ''))
    expect(
      said.filter((one) =>
        /(^|[^\d,.])1 (attacks|teams|messages|complaints|people|hours|countries|answers|times|successful attacks)\b/.test(
          one,
        ),
      ),
    ).toEqual([])
    expect(
      said.filter((one) =>
        /(^|[^\d,.])(2|3|5|11|21) (attack|team|message|complaint|country|public service)\b(?!s)/.test(one),
      ),
    ).toEqual([])
    expect(
      said.filter((one) => /(^| )0 (attacks|teams|messages|complaints) (was|were|is|are)/.test(one)),
    ).toEqual([])
    const stopped = (n: number, of: number) => WORDS.en.attacks(of, n)
    expect([
      stopped(0, 0),
      stopped(0, 1),
      stopped(1, 1),
      stopped(0, 3),
      stopped(1, 3),
      stopped(2, 3),
      stopped(2, 2),
      stopped(3, 3),
    ]).toEqual([
      'No attack has been judged.',
      'The only attack was not blocked.',
      'The only attack was blocked.',
      'None of 3 attacks was blocked.',
      '1 of 3 attacks was blocked.',
      '2 of 3 attacks were blocked.',
      'Both attacks were blocked.',
      'All 3 attacks were blocked.',
    ])
  })

  test('none is said in words of its own, in whatever language', () => {
    for (const lang of LANGS)
      for (const aspect of ASPECTS.filter((one) => one !== 'working'))
        for (const of of [1, 2, 21])
          expect(WORDS[lang].well({ aspect, n: 0, of, service: null })).not.toMatch(/(^|\D)0(\D|$)/)
  })

  test('Estonian: 1 and its noun in the nominative, any other number with the partitive', () => {
    const said = all(WORDS.et)
    expect(
      said.filter((one) =>
        /(^|[^\d\u00a0])1 (inimest|rünnakut|meeskonda|sõnumit|kaebust)(?!\p{L})/u.test(one),
      ),
    ).toEqual([])
    expect(
      said.filter((one) =>
        /(^|[^\d\u00a0])(0|2|3|5|11|21|24) (inimene|rünnak|meeskond|sõnum|kaebus)(?!\p{L})/u.test(one),
      ),
    ).toEqual([])
    expect(said.filter((one) => /„[^“]*”|"/.test(one)).slice(0, 5)).toEqual([])
    expect(WORDS.et.report('R1', 'Rahvastikuregister')).toBe('Teade R1: rahvastikuregister')
    expect(WORDS.et.report('R1', 'X-tee')).toBe('Teade R1: X-tee')
    expect([WORDS.et.attacks(20, 0), WORDS.et.attacks(20, 7), WORDS.et.attacks(1, 1)]).toEqual([
      '20 rünnakust ei tõrjutud ühtegi.',
      '20 rünnakust tõrjuti 7.',
      '1 rünnakust tõrjuti 1.',
    ])
  })

  test('Japanese: signs are as wide as its letters, and counters fit', () => {
    const said = all(WORDS.ja)
    expect(
      said.filter((one) =>
        /[\u3040-\u30ff\u4e00-\u9fff][():?!,]|[():][\u3040-\u30ff\u4e00-\u9fff]/.test(one),
      ),
    ).toEqual([])
    expect(said.filter((one) => /\d(国|攻撃|苦情)/.test(one)).slice(0, 5)).toEqual([])
    expect(WORDS.ja.peak(12_345, 1_330_000, 338_000)).toBe(
      '最も影響が大きかった5:38には、133万人のうち1.23万人が必要なサービスを利用できませんでした。',
    )
  })
})
