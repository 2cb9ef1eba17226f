import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openMemoryLog } from '../engine/memory-log.ts'
import { recordLedger } from '../kit/ledger.ts'
import { infoOf, pagesOf } from '../paper/poppler.ts'
import { startHere } from '../platform/platform-here.ts'
import { builtPages, joinBy } from './built-pages.ts'

const pages = builtPages()
const DAY_MS = 600_000

test('white saves each report of a record as PDF in the language of the page', {
  timeout: 120_000,
}, async () => {
  const { log } = openMemoryLog()
  const ledger = recordLedger(DAY_MS)
  const [created] = ledger
  if (created?.type !== 'exercise.created') throw new Error('a ledger begins with its exercise')
  const id = created.data.exerciseId
  await log.append(id, 0, ledger, Date.UTC(2026, 10, 23, 9))
  const here = await startHere(log, { web: pages.webDir })
  const { page, errors } = await pages.openWindow()
  const token = await here.token(id, 'white')
  await joinBy(page, `${here.platform.url}/#/e/${id}/join/${token}`)
  for (const [board, lang, button, said] of [
    ['minister', 'en', 'Save as PDF', 'What people would have felt'],
    ['excon', 'et', 'Salvesta: PDF', 'Platvorm ja võrdne kohtlemine'],
    ['team', 'ja', 'PDFで保存', '次に学ぶこと'],
  ] as const) {
    await page.goto(`${here.platform.url}/#/e/${id}/report?board=${board}&lang=${lang}`)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: button }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(new RegExp(`^${board}.*-${lang}\\.pdf$`))
    const pdf = readFileSync(await download.path())
    expect(infoOf(pdf).Tagged).toBe('yes')
    // The day of the exercise, not today.
    expect(infoOf(pdf).CreationDate).toContain('Nov 23')
    expect(pagesOf(pdf).join(' ')).toContain(said)
  }
  expect(errors).toEqual([])
})
