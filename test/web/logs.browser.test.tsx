import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import type { Audience } from '../../server/exercise/scenario/model.ts'
import { LANGS } from '../../server/exercise/scenario/words.ts'
import { THEMES } from '../../web/app/route.ts'
import { TeamPage } from '../../web/team-room/team-page.tsx'
import { demoScenario } from '../kit/demo-scenario.ts'
import { recordLedger } from '../kit/ledger.ts'
import { misplaced } from './boxes.ts'
import { recordedFeed, showPage, until, violations } from './recorded-feed.tsx'

const AT = 372_000
const WALL = Date.UTC(2026, 10, 23, 9, 0, 0)
const team = 'finland'
const blue: Audience = { seat: 'blue', team }
const watched = {
  ...demoScenario,
  services: demoScenario.services.map((one) =>
    one.id === 'xroad' ? { ...one, collector: true as const } : one,
  ),
}
const storm = recordLedger(AT, null, watched)

const HEARD = [
  '[tls] from=10.201.3.101:47754 client=tax to=10.201.3.51:8443 server=eid name=eid.meremaa.example offers=1.3 version=1.3',
  '[http] from=10.201.2.233:40094 to=10.201.2.77:80 server=tax GET host=tax path=/declarations?code=... status=200 ms=9',
  '[flow] from=10.201.2.233:40094 to=10.201.2.77:80 server=tax proto=tcp state=closed start=2026-11-23T09:05:00.772Z seconds=0.094 sent=469 received=20785 packets=15/14',
  '[sensor] 507 packets not seen',
]
const asked: URL[] = []
beforeEach(async () => {
  await page.viewport(1366, 768)
  localStorage.clear()
  asked.length = 0
  vi.stubGlobal('fetch', async (path: string) => {
    const url = new URL(path, location.href)
    if (!url.pathname.endsWith('/logs')) return Response.json({}, { status: 503 })
    asked.push(url)
    const lines = HEARD.map((line, n) => ({
      id: 90 - n,
      at: new Date(WALL + 300_000 - n * 900).toISOString(),
      atMs: 300_000 - n * 900,
      service: 'sensor',
      line,
    }))
    return Response.json({ lines, services: ['sensor', 'tax'] })
  })
})
afterEach(() => vi.unstubAllGlobals())

const room = async (
  lang: (typeof LANGS)[number] = 'en',
  theme: (typeof THEMES)[number] = 'dark',
  ledger = storm,
) => {
  const hash = `#/team/${team}/tax/logs`
  const box = await showPage(<TeamPage team={team} />, recordedFeed(ledger, blue, AT), { hash, lang, theme })
  await until(() => box.querySelector('.logs'))
  return box
}
const last = () => asked.at(-1)?.searchParams
const askedFor = (service: string, q: string) =>
  expect.poll(() => [last()?.get('service'), last()?.get('q')]).toEqual([service, q])

test('what the network’s sensor heard is a place to look in, all of it or one kind, with words beside', async () => {
  const box = await room()
  const where = page.getByRole('combobox', { name: 'Service' })
  await where.selectOptions('Network sensor: everything')
  await askedFor('sensor', '')
  await expect.poll(() => box.querySelectorAll('.logs-lines tbody tr').length).toBe(HEARD.length)
  expect(box.querySelector('.logs')?.textContent).toContain('It keeps no contents.')
  await where.selectOptions('Network sensor: TLS names')
  await askedFor('sensor', '[tls] ')
  await page.getByLabelText('Words that must be in the line').fill('eid.meremaa')
  await askedFor('sensor', '[tls] eid.meremaa')
  await where.selectOptions('Network sensor: HTTP requests')
  await askedFor('sensor', '[http] eid.meremaa')
  await where.selectOptions('Network sensor: flows')
  await askedFor('sensor', '[flow] eid.meremaa')
  await where.selectOptions('All services')
  await askedFor('', 'eid.meremaa')
  expect(box.querySelector('.logs')?.textContent).not.toContain('It keeps no contents.')
})

test('without a collector nobody is told what a sensor hears', async () => {
  const box = await room('en', 'dark', recordLedger(AT))
  expect(box.querySelector('.logs-ask select')?.textContent).not.toContain('sensor')
})

const LOOKS = LANGS.flatMap((lang) => THEMES.map((theme) => [lang, theme] as const))
test.each(LOOKS)(
  'in %s and %s, on a desk and on a phone, nothing runs out of its place',
  async (lang, theme) => {
    const box = await room(lang, theme)
    const select = await until(() => box.querySelector<HTMLSelectElement>('.logs-ask select'))
    await page.elementLocator(select).selectOptions('sensor')
    await until(() => box.querySelector('.logs-lines tbody tr'))
    for (const [width, height] of [
      [1920, 1080],
      [1366, 768],
      [390, 844],
    ] as const) {
      await page.viewport(width, height)
      expect(misplaced(box), `${width}`).toEqual([])
      expect(await violations(box), `${width}`).toEqual([])
    }
  },
)
