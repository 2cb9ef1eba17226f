import { mkdirSync } from 'node:fs'
import axe from 'axe-core'
import { expect, test } from 'vitest'
import { openMemoryLog } from '../engine/memory-log.ts'
import { goldenLedger } from '../exercise/golden-views.ts'
import { KEY, startHere } from '../platform/platform-here.ts'
import { builtPages } from './built-pages.ts'

const pages = builtPages()

const [created] = goldenLedger('exercise-day')
const NAMES = created?.type === 'exercise.created' ? created.data.teams.map(({ name }) => name.en) : []

/** Two days of the same teams, the second with one of them under another name. */
async function twoDays() {
  const { log } = openMemoryLog()
  for (const [n, id] of ['day-one', 'day-two'].entries()) {
    const ledger = goldenLedger('exercise-day').map((event) => {
      if (event.type !== 'exercise.created') return event
      const teams = event.data.teams.map((team, at) =>
        n === 1 && at === 0 ? { ...team, name: { en: 'New name', et: 'New name', ja: 'New name' } } : team,
      )
      return { ...event, data: { ...event.data, exerciseId: id, teams } }
    })
    await log.append(id, 0, ledger, Date.UTC(2026, 9 + n, 23, 9))
  }
  return startHere(log, { web: pages.webDir })
}

test('whoever runs the platform, and nobody else, sees how units did from day to day, and puts names together', {
  timeout: 180_000,
}, async () => {
  const here = await twoDays()
  const current = (await here.list()).find((one) => one.current)?.id ?? ''
  for (const path of ['/api/comparison', '/api/comparison/csv']) {
    expect((await here.fetch(path)).status).toBe(401)
    expect((await here.fetch(path, await here.token(current, 'white'))).status).toBe(401)
    expect((await here.fetch(`${path}?join=[["a"]]`, KEY)).status).toBe(400)
  }
  const csv = await (await here.fetch('/api/comparison/csv', KEY)).text()
  expect(csv).toMatch(/unit,exercise,title,created[\s\S]*day-one[\s\S]*day-two/)

  const { page, errors } = await pages.openWindow()
  await page.goto(`${here.platform.url}/#/comparison`)
  await page.getByLabel('Key').waitFor()
  await page.goto(`${here.platform.url}/#/home/${KEY}`)
  await page.getByRole('link', { name: 'Comparison over time' }).click()
  const cards = page.locator('section.compare-unit')
  const named = (name: string) => cards.filter({ has: page.getByRole('heading', { name, exact: true }) })
  await named('New name').waitFor()
  const [gone, ...same] = NAMES
  if (gone === undefined) throw new Error('a ledger has teams')
  const trend = (name: string) => named(name).locator('.compare-trend').count()
  // Two of three units were there on both days; the third under two names.
  expect(await Promise.all([...same, gone, 'New name'].map(trend))).toEqual([1, 1, 0, 0])
  await page.getByRole('combobox', { name: 'Team' }).selectOption('New name')
  await page.getByRole('combobox', { name: 'Belongs to' }).selectOption(gone)
  await page.getByRole('button', { name: 'Put together' }).click()
  await named('New name').waitFor({ state: 'detached' })
  expect(await named(gone).locator('tbody tr').count()).toBeGreaterThanOrEqual(2)
  expect(await named(gone).locator('.compare-trend').count()).toBe(1)

  // A reload keeps who belongs together; taken apart there are two again.
  await page.reload()
  await named(gone).locator('.compare-trend').waitFor()
  const shots = process.env.VITE_SHOTS === '1' ? '.kilp/shots' : null
  if (shots) mkdirSync(shots, { recursive: true })
  for (const lang of ['en', 'et', 'ja'])
    for (const theme of ['dark', 'light'])
      for (const width of [1366, 390]) {
        await page.setViewportSize({ width, height: 800 })
        await page.goto(
          `${here.platform.url}/?${lang}${theme}${width}#/comparison?lang=${lang}&theme=${theme}`,
        )
        await cards.first().waitFor()
        await page.evaluate(axe.source)
        const found = await page.evaluate(
          'axe.run().then(({violations}) => violations.map(({id, nodes}) => id + nodes[0].html))',
        )
        expect(found).toEqual([])
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
        if (shots)
          await page.screenshot({ path: `${shots}/comparison-${width}-${theme}-${lang}.png`, fullPage: true })
      }
  await page.goto(`${here.platform.url}/?back#/comparison?lang=en`)
  await page.getByRole('button', { name: 'Take apart: New name' }).click()
  await named('New name').waitFor()
  expect(errors).toEqual([])
})
