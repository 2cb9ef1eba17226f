import { describe, expect, test } from 'vitest'
import type { Recorded } from '#exercise/ledger/events.ts'
import { clockText } from '#exercise/scenario/clock-text.ts'
import { LANGS, type Lang } from '#exercise/scenario/words.ts'
import type { Table } from '#exercise/views/report/document.ts'
import { isDense } from '#exercise/views/report/document.ts'
import { type Report, reportFor, type Wanted } from '#exercise/views/report/report.ts'
import { type Sheet, sheetOf } from '#exercise/views/report/sheet.ts'
import { WORDS } from '#exercise/views/report/words/by-lang.ts'
import { foldOn, nothingFolded } from '#exercise/wire/folded.ts'
import { paperAside } from '../../server/paper/aside.ts'
import { BOTTOM, SIDE } from '../../server/paper/look.ts'
import { paperOf } from '../../server/paper/paper.ts'
import { madeLedger } from '../bench/large-ledger.ts'
import { goldenLedger } from '../exercise/golden-views.ts'
import { naiveAttacks } from '../exercise/report/naive.ts'
import { recordLedger } from '../kit/ledger.ts'
import { sectorLedger, sectorTeams } from '../kit/sector-day.ts'
import { boxesOf, fontsOf, infoOf, keepPictures, pagesOf, tablesIn, tagsOf, type Word } from './poppler.ts'

const LEDGERS: Readonly<Record<string, () => readonly Recorded[]>> = {
  'exercise-day': () => goldenLedger('exercise-day'),
  demo: () => recordLedger(600_000),
  'of 24 teams': () => sectorLedger(sectorTeams(24)),
  'of odd names': () => sectorLedger(sectorTeams(24, true)),
}
/** Words that the paper must say, as its reader would search for them. */
const WORDS_FOUND: Readonly<Record<Lang, Readonly<Record<Report['reader'], readonly string[]>>>> = {
  en: {
    minister: ['What went well', 'people'],
    excon: ['The platform and fairness', 'Techniques played'],
    team: ['The result', 'Points lost'],
  },
  et: {
    minister: ['Mida inimesed oleksid tundnud', 'Kuidas riigid vastu pidasid'],
    excon: ['Platvorm ja võrdne kohtlemine', 'Kasutatud tehnikad'],
    team: ['Rünnakud', 'võimalik', 'Mis läks hästi'],
  },
  ja: {
    minister: ['市民への影響', 'うまくいったこと'],
    excon: ['攻撃とチーム', '順位', 'プラットフォームと公平性'],
    team: ['攻撃', '今後の課題', '結果'],
  },
}

function reportsOf(ledger: readonly Recorded[]) {
  const { state, losses } = foldOn(nothingFolded, ledger, ledger.length)
  const atMs = ledger.at(-1)?.at ?? 0
  // In the golden day this one writes and asks for hints.
  const team = (state.teams.find(({ id }) => id === 'saareke') ?? state.teams[0])?.id ?? ''
  const wanted: readonly Wanted[] = [{ reader: 'minister' }, { reader: 'excon' }, { reader: 'team', team }]
  return wanted.map((one) => {
    const report = reportFor(state, losses, atMs, { seat: 'white' }, one)
    if (!report) throw new Error('no report')
    return { report, sheet: (lang: Lang): Sheet => sheetOf(report, WORDS[lang], state) }
  })
}

const tidy = (text: string) => text.replace(/\s+/g, ' ').trim()
const tablesOf = ({ document }: Sheet) =>
  document.blocks.filter((block): block is Table => block.kind === 'table' && block.rows.length > 0)

/** What stands in each cell on paper; odd characters are boxes there. */
const written = (table: Table) => {
  const dense = isDense(table)
  return [
    table.head,
    ...table.rows.map((row) => row.map((one) => (dense && one.mark ? (one.short ?? '') : one.text))),
  ].map((row) => row.map(tidy))
}

/** Above and below its letters a word's box has so much of its height. */
const AIR = 0.13

/** Words whose letters stand over one another. `lying`: the page lies on its side, and may have words that stand upright. */
function over(words: readonly Word[], lying: boolean): readonly string[] {
  const thin = words.map((one) => {
    const [wide, high] = [one.right - one.left, one.bottom - one.top]
    const air = AIR * (lying ? Math.min(wide, high) : high)
    const beside = lying ? air : 0.1
    return {
      ...{ text: one.text, left: one.left + beside, right: one.right - beside },
      ...{ top: one.top + air, bottom: one.bottom - air },
    }
  })
  return thin.flatMap((a, nth) =>
    thin
      .slice(nth + 1)
      .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
      .map((b) => `${a.text} over ${b.text}`),
  )
}

describe.each(Object.entries(LEDGERS))('reports as PDF of the ledger %s', (name, made) => {
  const ledger = made()
  const reports = reportsOf(ledger)
  describe.each(LANGS)('in %s', (lang) => {
    test.each(reports.map((one) => [one.report.reader, one] as const))('for %s', async (reader, one) => {
      const sheet = one.sheet(lang)
      const pdf = await paperOf(sheet)
      if (process.env.VITE_SHOTS === '1')
        keepPictures(pdf, '.kilp/shots', `pdf-${name.replaceAll(' ', '-')}-${reader}-${lang}`)

      const info = infoOf(pdf)
      expect(info).toMatchObject({ Title: sheet.document.title, Tagged: 'yes', 'PDF version': '1.7' })
      const fonts = fontsOf(pdf)
      expect(fonts.length).toBeGreaterThan(0)
      expect(fonts.filter((font) => !(font.embedded && font.subset && font.unicode))).toEqual([])

      const pages = pagesOf(pdf)
      expect(pages).toHaveLength(Number(info.Pages))
      const all = pages.join(' ').replace(/\s+/g, ' ')
      for (const word of WORDS_FOUND[lang][reader]) expect(all).toContain(word)

      const { pages: sizes, words } = boxesOf(pdf)
      for (const { page, left, right, top, bottom, text } of words) {
        const { wide = 0, high = 0 } = sizes[page] ?? {}
        const within = left >= SIDE - 1 && right <= wide - SIDE + 1 && top >= 20 && bottom <= high - 15
        expect(within ? '' : text).toBe('')
      }
      sizes.forEach(({ high }, nth) => {
        const foot = words.filter(({ page, top }) => page === nth && top > high - BOTTOM)
        // The narrow space around the stroke is none to all readers.
        const said = foot.map(({ text }) => text).join(' ')
        expect(said.replace(/ ?\/ ?/, '/')).toBe(`${sheet.exercise} ${nth + 1}/${pages.length}`)
      })
      sizes.forEach(({ wide, high }, nth) => {
        const here = words.filter(({ page }) => page === nth)
        expect(over(here, wide > high)).toEqual([])
      })

      expect(all).not.toContain('□')
      // What runs from right to left is told in the order in which it stands, and pictures without what joins them.
      if (name === 'of odd names') return
      const tables = tablesIn(pdf)
      expect(tables.map((rows) => rows.map((row) => row.map(tidy)))).toEqual(tablesOf(sheet).map(written))
      expect(tagsOf(pdf).filter((tag) => tag === 'H2')).toHaveLength(
        sheet.document.blocks.filter(({ kind }) => kind === 'heading').length,
      )
    })
  })

  test('has the times that the ledger has, event by event', async () => {
    const one = reports.find(({ report }) => report.reader === 'team')
    if (one?.report.reader !== 'team') throw new Error('no report of a team')
    const { facts } = one.report
    const sheet = one.sheet('en')
    const rows = tablesIn(await paperOf(sheet)).find(([head]) => head?.[3] === 'Launched')
    const naive = naiveAttacks(ledger).filter(
      ({ team, landedMs, blocked }) => team === facts.team && (landedMs !== null || blocked !== null),
    )
    expect(naive.length).toBeGreaterThan(3)
    const said = (rows ?? []).slice(1).map((row) => [row[3], row[4]].map((text) => tidy(text ?? '')).join())
    const clock = (ms: number | null) => (ms === null ? '–' : clockText(ms))
    expect(said.toSorted()).toEqual(
      naive.map(({ launchedMs, landedMs }) => [clock(launchedMs), clock(landedMs)].join()).toSorted(),
    )
  })
})

describe('a report of 24 teams and eight hours', () => {
  const reports = reportsOf(madeLedger(40_000))

  test.each(LANGS)(
    'is written in under five seconds in %s, and not in the platform’s thread',
    async (lang) => {
      for (const { report, sheet } of reports) {
        const whole = sheet(lang)
        const began = performance.now()
        const here = process.threadCpuUsage()
        const pdf = await paperAside(whole)
        const took = performance.now() - began
        const { user, system } = process.threadCpuUsage(here)
        expect(took).toBeLessThan(5_000)
        if (report.reader === 'excon') expect(Number(infoOf(pdf).Pages)).toBeGreaterThan(4)
        // Of this thread, µs: what others do on this machine does not count.
        expect((user + system) / 1000).toBeLessThan(100)
      }
    },
  )
})

describe('what a report may be full of', () => {
  const sheetOfText = (text: string, lang: Lang = 'en'): Sheet => {
    const [first] = reportsOf(goldenLedger('exercise-day'))
    if (!first) throw new Error('no report')
    const cells = [{ text: '1:00' }, { text: 'A report' }, { text: '75 %' }, { text }]
    return {
      ...first.sheet(lang),
      document: {
        title: text.slice(0, 200),
        blocks: [
          { kind: 'heading', text: text.slice(0, 300) },
          { kind: 'text', text },
          { kind: 'list', items: [{ text, href: 'https://owasp.org/Top10/2025/' }] },
          { kind: 'table', name: 't', caption: 'T', head: ['a', 'b', 'c', 'd'], rows: [cells, cells] },
        ],
      },
    }
  }
  const within = (pdf: Buffer) => {
    const { pages, words } = boxesOf(pdf)
    for (const one of words) {
      const { wide = 0, high = 0 } = pages[one.page] ?? {}
      expect(one.left >= SIDE - 1 && one.right <= wide - SIDE + 1 && one.bottom <= high - 15 ? '' : one).toBe(
        '',
      )
    }
    pages.forEach(({ wide, high }, nth) => {
      const here = words.filter(({ page }) => page === nth)
      expect(over(here, wide > high)).toEqual([])
    })
  }

  test.each([
    ['a comment of many pages', 'All of it was late, and nobody asked. '.repeat(400)],
    ['a word of many pages', 'x'.repeat(12_000)],
    ['lines of nothing', '\n\n\na\n\n'.repeat(40)],
    ['Japanese without an end', '防衛が遅れた、'.repeat(900)],
  ])('%s stays on its pages, and all of it is there', async (_, text) => {
    const pdf = await paperOf(sheetOfText(text))
    within(pdf)
    const cells = tablesIn(pdf).at(-1)
    expect(cells).toHaveLength(3)
    for (const row of cells?.slice(1) ?? []) {
      expect(row).toHaveLength(4)
      expect((row[3] ?? '').replace(/\s+/g, '')).toBe(text.replace(/\s+/g, ''))
    }
  })

  test('letters that no font has are boxes, what is never seen is nothing, and neither breaks a line or a word', async () => {
    const said = async (text: string) => tidy(tablesIn(await paperOf(sheetOfText(text)))[0]?.[1]?.[3] ?? '')
    expect(await said('ไทย क')).toBe('□□□ □')
    expect(await said('Щит Țară Ἀθήνα 盾 šõ\u0302')).toBe('Щит Țară Ἀθήνα 盾 šõ\u0302'.normalize('NFC'))
    expect(await said('a\u202eb\u200bc\u0007d\u2028e')).toBe('abcd e')
    expect(await said('\ud800x')).toMatch(/^□?x$/)
  })

  test('a □ is explained where there is one, and only there', async () => {
    for (const [text, told] of [
      ['ไทย', true],
      ['Tiim 🛡️, فريق, צוות', false],
    ] as const) {
      const sheet = sheetOfText(text)
      const all = tidy(pagesOf(await paperOf(sheet)).join(' '))
      expect([all.includes('□'), all.includes(sheet.unprintable)]).toEqual([told, told])
    }
  })

  const firstCell = async (text: string) =>
    tidy(tablesIn(await paperOf(sheetOfText(text)))[0]?.[1]?.[3] ?? '')
  // Marks by which poppler says which way it takes a line to run.
  const bare = (text: string) => text.replace(/[\u200e\u200f\u202a-\u202e]/g, '')

  const backwards = (text: string) => [...bare(text)].toReversed().join('')

  test.each([
    ['Arabic', 'حرس وطن'],
    ['Persian, with letters that are kept apart', 'کتاب‌خانه'],
    ['Hebrew', 'צוות כחול'],
    ['pictures, some of several signs', 'Tiim 🛡 ja 👩🏽‍💻 🇪🇪'],
  ])('%s is written, not boxed, and is found again', async (_, text) => {
    const [page = ''] = pagesOf(await paperOf(sheetOfText(text)))
    expect(tidy(bare(page)).normalize('NFKC')).toContain(text.replaceAll('\u200c', ''))
    expect(page).not.toContain('□')
  })

  test('what runs from right to left stands so on paper, within a sentence that does not, and brackets close the right way', async () => {
    const pdf = await paperOf(sheetOfText('Team חיפה beats (עכו) today'))
    const { words } = boxesOf(pdf)
    const line = words.filter(({ top }) => Math.abs(top - (words[0]?.top ?? 0)) < 3)
    const left = (word: string) =>
      line.find(({ text }) => [text, backwards(text)].some((one) => one.includes(word)))?.left ?? Number.NaN
    expect(left('Team')).toBeLessThan(left('חיפה'))
    expect(left('חיפה')).toBeLessThan(left('beats'))
    expect(left('beats')).toBeLessThan(left('עכו'))
    expect(left('עכו')).toBeLessThan(left('today'))
  })

  test('marks that a font has no place for are boxes, and end no report', async () => {
    expect(await firstCell('\u0674\u064d\u0644')).toContain('□')
  })
})
