import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Actor } from '../../server/exercise/ledger/actor.ts'
import type { Audience } from '../../server/exercise/scenario/model.ts'
import { LANGS } from '../../server/exercise/scenario/words.ts'
import type { PresentPerson } from '../../server/exercise/wire/person.ts'
import { THEMES } from '../../web/app/route.ts'
import { keepPerson, keptPerson, wasAsked } from '../../web/feed/person.ts'
import { InstructorPage } from '../../web/instructor/instructor-page.tsx'
import { Join } from '../../web/start/join.tsx'
import { StartPage } from '../../web/start/start-page.tsx'
import { TeamPage } from '../../web/team-room/team-page.tsx'
import { continued, recordLedger } from '../kit/ledger.ts'
import { recordedFeed, showPage, until, violations } from './recorded-feed.tsx'

const AT = 372_000
const EXERCISE = 'demo'
const storm = recordLedger(AT)
const blue: Audience = { seat: 'blue', team: 'finland' }
const white: Audience = { seat: 'white' }
const named = (name: string): Actor => ({ kind: 'seat', seatId: 'blue', seat: 'blue', name })
/** Letters from right to left, markup, an emoji, and as long as a name may be. */
const NAMES = ['שרה כהן', '<img src=x onerror=alert(1)>', '👩🏽‍🚒 Ülle', 'W'.repeat(60)] as const
const worked = continued(storm, AT, [
  ['claim-work', { team: 'finland', subject: { kind: 'service', id: 'tax' }, seen: 0 }, named('Anna')],
  [
    'write-handover',
    { team: 'finland', text: 'Tax is mended.\nThe portal is not.', seen: 0 },
    named(NAMES[0]),
  ],
  ['write-handover', { team: 'finland', text: `<b>${'x'.repeat(300)}</b>`, seen: 1 }, named(NAMES[1])],
])

const present = (name: string | null, more: Partial<PresentPerson> = {}): PresentPerson => ({
  name,
  role: null,
  seat: 'blue',
  where: null,
  sinceWall: Date.UTC(2026, 10, 28, 9, 5),
  pages: 1,
  ...more,
})
const crowd = [
  present('Anna', { role: 'lead', where: { tab: 'terminal', service: 'tax' } }),
  present(null, { where: { tab: 'made-up', service: 'nothing' } }),
  ...NAMES.map((name) => present(name, { role: 'technical', where: { tab: 'logs' } })),
]

const of = (hash: string, lang: (typeof LANGS)[number] = 'en', theme: (typeof THEMES)[number] = 'dark') => ({
  hash,
  lang,
  theme,
})

function feedOf(audience: Audience, ledger = storm) {
  const feed = recordedFeed(ledger, audience, AT)
  feed.store.setState({
    presence: [
      { team: 'finland', people: crowd, more: 3 },
      { team: null, people: [present('Chief', { seat: 'white', where: { tab: 'seats' } })], more: 0 },
    ],
  })
  return feed
}

const joinPage = async (audience: Audience, ...look: [(typeof LANGS)[number]?, (typeof THEMES)[number]?]) =>
  showPage(<Join token="a.token" />, feedOf(audience), of('#/join/a.token', ...look))
const room = async (ledger = worked, ...look: [(typeof LANGS)[number]?, (typeof THEMES)[number]?]) => {
  const feed = feedOf(blue, ledger)
  return { feed, box: await showPage(<TeamPage team="finland" />, feed, of('#/team/finland', ...look)) }
}

const roleField = () => document.querySelector('.person-form select') as HTMLSelectElement
const said = () => document.querySelector('[role=alert]')?.textContent

beforeEach(() => {
  localStorage.clear()
  sessionStorage.clear()
})
afterEach(() => vi.unstubAllGlobals())

describe('joining', () => {
  for (const lang of LANGS)
    for (const theme of THEMES)
      test(`${lang}, ${theme}: axe finds nothing, and a phone is wide enough`, async () => {
        await page.viewport(390, 844)
        const box = await joinPage(blue, lang, theme)
        await until(() => box.querySelector('.join-ask'))
        expect(await violations(box)).toEqual([])
        expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390)
      })

  test('asks for a name and a role, once, by keyboard alone; then the room opens', async () => {
    await joinPage(blue)
    await expect.element(page.getByLabelText('Your name')).toHaveFocus()
    await userEvent.keyboard('  Anna  Mägi ')
    await userEvent.selectOptions(page.getByRole('combobox', { name: 'Your role in the team' }), 'legal')
    await page.getByLabelText('Your name').click()
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => location.hash).toBe(`#/e/${EXERCISE}/team/finland`)
    expect(keptPerson(EXERCISE)).toEqual({ name: 'Anna Mägi', role: 'legal' })
    await joinPage(blue)
    await expect.poll(() => location.hash).toBe(`#/e/${EXERCISE}/team/finland`)
  })

  test('says what a name is, and keeps none that is none', async () => {
    await joinPage(blue)
    for (const bad of ['   ', 'x'.repeat(61), 'a\u202eb']) {
      await page.getByLabelText('Your name').fill(bad)
      await page.getByRole('button', { name: 'Join', exact: true }).click()
      await expect.poll(said).toMatch(/1 to 60 characters/)
      expect(wasAsked(EXERCISE)).toBe(false)
    }
    expect(location.hash).toBe('#/join/a.token')
  })

  test('goes on without a name for who will not say it, and does not ask again', async () => {
    await joinPage(blue)
    await page.getByRole('button', { name: 'Join without a name' }).click()
    await expect.poll(() => location.hash).toBe(`#/e/${EXERCISE}/team/finland`)
    expect([wasAsked(EXERCISE), keptPerson(EXERCISE)]).toEqual([true, null])
  })

  test('white has no role in a team; guests, and white who has signed in, are not asked', async () => {
    const box = await joinPage(white)
    await until(() => box.querySelector('.join-ask'))
    expect(box.querySelector('select[name=role], .join-ask select')).toBeNull()
    await joinPage({ seat: 'guest' })
    await expect.poll(() => location.hash).toBe(`#/e/${EXERCISE}/national`)
    const feed = feedOf(white)
    feed.store.setState({ signedIn: 'Mari' })
    await showPage(<Join token="a.token" />, feed, of('#/join/a.token'))
    await expect.poll(() => location.hash).toBe(`#/e/${EXERCISE}/instructor`)
  })

  test('who has signed in to a team has a name, is asked for a role alone, and may change it', async () => {
    const feed = feedOf(blue)
    feed.store.setState({ signedIn: 'Mari' })
    const box = await showPage(<Join token="a.token" />, feed, of('#/join/a.token'))
    await until(() => box.querySelector('.join-ask'))
    expect(box.querySelector('input')).toBeNull()
    await userEvent.selectOptions(roleField(), 'legal')
    await page.getByRole('button', { name: 'Join', exact: true }).click()
    await expect.poll(() => location.hash).toBe(`#/e/${EXERCISE}/team/finland`)
    expect(keptPerson(EXERCISE)).toEqual({ name: 'Mari', role: 'legal' })
    await showPage(<TeamPage key="" team="finland" />, feed, of('#/team/finland'))
    await page.getByRole('button', { name: 'You are Mari. Change' }).click()
    await userEvent.selectOptions(roleField(), 'technical')
    await page.getByRole('button', { name: 'Save' }).click()
    expect(keptPerson(EXERCISE)).toEqual({ name: 'Mari', role: 'technical' })
  })
})

describe('a page without a name', () => {
  test('works, and has a quiet way to say it, and to change it', async () => {
    await room()
    await page.getByRole('button', { name: 'Say who you are' }).click()
    await page.getByLabelText('Your name').fill('Bo')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect.element(page.getByRole('button', { name: 'You are Bo. Change' })).toBeVisible()
    expect(keptPerson(EXERCISE)).toEqual({ name: 'Bo', role: null })
  })

  test('whatever storage holds, no page stops', async () => {
    for (const text of ['{', '"Anna"', '{"name":7}', '{"name":"a\\nb"}', 'null', '[]']) {
      localStorage.setItem(`kilp.person@${EXERCISE}`, text)
      expect(keptPerson(EXERCISE)).toBeNull()
      const { box } = await room()
      expect(box.querySelector('.room')).not.toBeNull()
    }
  })
})

describe('people of a team', () => {
  for (const lang of LANGS)
    for (const theme of THEMES)
      test(`${lang}, ${theme}: axe finds nothing in the room and at the instructor’s`, async () => {
        sessionStorage.setItem('kilp.room.finland', JSON.stringify({ tab: 'people', service: 'tax' }))
        await page.viewport(1440, 900)
        const { box } = await room(worked, lang, theme)
        await until(() => box.querySelector('.people-tab'))
        expect(await violations(box)).toEqual([])
        await page.viewport(390, 844)
        expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390)
      })

  test('each with name, role and place; what a page does not know by name is not shown', async () => {
    sessionStorage.setItem('kilp.room.finland', JSON.stringify({ tab: 'people', service: 'tax' }))
    const { box } = await room()
    const lines = await until(() => box.querySelectorAll<HTMLElement>('.people-tab .people')[0])
    const text = lines.innerText
    expect(text).toContain('Anna')
    expect(text).toMatch(/Terminal: Tax filing/)
    expect(text).toContain('and 3 more')
    expect(text).not.toMatch(/made-up|nothing/)
    for (const name of NAMES) expect(text).toContain(name)
    expect(box.querySelector('.people img')).toBeNull()
  })

  test('work is taken on, shown beside the service, taken over and let go of', async () => {
    keepPerson(EXERCISE, { name: 'Bo', role: null })
    const first = await room(storm)
    await page.getByRole('button', { name: /^Tax filing/ }).click()
    await page.getByRole('button', { name: 'I work on this' }).click()
    expect(first.feed.sent.at(-1)).toEqual({
      type: 'claim-work',
      data: { team: 'finland', subject: { kind: 'service', id: 'tax' }, seen: 0 },
    })
    sessionStorage.setItem('kilp.room.finland', JSON.stringify({ tab: 'overview', service: 'tax' }))
    const { feed, box } = await room()
    const claim = await until(() => box.querySelector<HTMLElement>('.work-claim'))
    expect(claim.innerText).toContain('Anna has worked on this since 6:12')
    expect(box.querySelector('.service-button .worked-by')?.textContent).toContain('Anna')
    await page.elementLocator(claim).getByRole('button', { name: 'I take it over' }).click()
    await page.elementLocator(claim).getByRole('button', { name: 'Let go of it' }).click()
    expect(feed.sent.slice(-2)).toEqual([
      { type: 'claim-work', data: { team: 'finland', subject: { kind: 'service', id: 'tax' }, seen: 1 } },
      { type: 'release-work', data: { team: 'finland', subject: { kind: 'service', id: 'tax' }, seen: 1 } },
    ])
  })

  test('a hand-over note stays in the room, as it was written, and what is being written survives a reload', async () => {
    sessionStorage.setItem('kilp.room.finland', JSON.stringify({ tab: 'people', service: 'tax' }))
    const { box } = await room()
    await until(() => box.querySelector('.handover-last'))
    expect(box.querySelector<HTMLElement>('.handover-last')?.innerText).toContain('<b>xxx')
    await page.getByText('1 earlier note').click()
    expect(box.querySelector<HTMLElement>('.handover-earlier')?.innerText).toContain(
      'Tax is mended.\nThe portal is not.',
    )
    await page.getByLabelText('Note for the next shift').fill('Half a note')
    const again = await room()
    const note = () => again.box.querySelector<HTMLTextAreaElement>('.handover textarea')
    await expect.poll(() => note()?.value).toBe('Half a note')
    note()?.form?.requestSubmit()
    const sent = { type: 'write-handover', data: { team: 'finland', text: 'Half a note', seen: 2 } }
    await expect.poll(() => again.feed.sent.at(-1)).toEqual(sent)
  })
})

const seats = [
  { seatId: 'blue-finland', seat: 'blue', team: 'finland', label: 'Finland', revoked: false },
  { seatId: 'white', seat: 'white', team: null, label: 'Instructor', revoked: false },
].map((seat, n) => ({
  ...seat,
  token: 't',
  url: `http://127.0.0.1/#/join/${'t'.repeat(240)}`,
  code: `KILP-7Q2F-9${'MN'[n]}`,
}))

const desk = async (lang: (typeof LANGS)[number] = 'en', theme: (typeof THEMES)[number] = 'dark') => {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    asked.push(`${init?.method ?? 'GET'} ${path}`)
    return new Response(JSON.stringify({ seats }), { headers: { 'content-type': 'application/json' } })
  })
  const box = await showPage(<InstructorPage />, feedOf(white, worked), of('#/instructor', lang, theme))
  return { box, asked }
}

describe('the instructor', () => {
  test('sees who is in, in every team and at the controls', async () => {
    await page.viewport(1440, 900)
    const { box } = await desk()
    await page.getByRole('tab', { name: 'People' }).click()
    const panel = await until(() => box.querySelector<HTMLElement>('.people-panel'))
    for (const text of ['Anna', 'Chief', 'Seats', 'Terminal: Tax filing', 'Nobody is here.'])
      expect(panel.innerText).toContain(text)
    expect(await violations(box)).toEqual([])
  })

  for (const lang of LANGS)
    test(`${lang}: has a code, a link and a QR code of each seat, and a sheet to print`, async () => {
      await page.viewport(1440, 900)
      const { box, asked } = await desk(lang, lang === 'ja' ? 'light' : 'dark')
      const tab = { en: 'Seats', et: 'Kohad', ja: '参加枠' }[lang]
      await page.getByRole('tab', { name: tab, exact: true }).click()
      await until(() => box.querySelector('.seat-code'))
      expect([...box.querySelectorAll('.seat-code')].map((code) => code.textContent)).toContain(
        'KILP-7Q2F-9M',
      )
      box.querySelector<HTMLElement>('.seats-buttons [aria-expanded]')?.click()
      await until(() => box.querySelector('.qr path'))
      expect(await violations(box)).toEqual([])
      const printed = vi.fn()
      vi.stubGlobal('print', printed)
      await page
        .getByRole('button', {
          name: { en: 'Print all seats', et: 'Prindi kõik kohad', ja: '全参加枠を印刷する' }[lang],
        })
        .click()
      await expect.poll(() => printed.mock.calls.length).toBe(1)
      const sheet = document.querySelector<HTMLElement>('.seat-sheet')
      expect(sheet?.querySelectorAll('li .qr')).toHaveLength(2)
      expect(sheet?.textContent).toContain('KILP-7Q2F-9N')
      dispatchEvent(new Event('afterprint'))
      await expect.poll(() => document.querySelector('.seat-sheet')).toBeNull()
      expect(asked.length).toBeGreaterThan(0)
    })
})

describe('the start page', () => {
  const start = (answer: () => Response, hash = '#/', lang: (typeof LANGS)[number] = 'en') => {
    const sent: unknown[] = []
    vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
      if (path !== '/api/join')
        return new Response('{"exercises":[]}', { headers: { 'content-type': 'application/json' } })
      sent.push(JSON.parse(String(init?.body)))
      return answer()
    })
    return showPage(<StartPage />, recordedFeed(storm, { seat: 'guest' }, AT), of(hash, lang)).then(
      (box) => ({ box, sent }),
    )
  }

  test('a code leads to its seat', async () => {
    const { sent } = await start(() => Response.json({ exercise: 'demo', token: 'the.token' }))
    await page.getByLabelText('Code').fill(' kilp-7q2f-9m ')
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => location.hash).toBe('#/e/demo/join/the.token')
    expect(sent).toEqual([{ code: 'kilp-7q2f-9m' }])
  })

  test('a wrong one is said so', async () => {
    const refusal = { code: 'wrong-code', message: 'no', params: {} }
    await start(() => Response.json({ ok: false, refusal }, { status: 404 }))
    await page.getByLabelText('Code').fill('KILP-2222-22')
    await userEvent.keyboard('{Enter}')
    await expect.poll(said).toMatch(/^No seat has this code\./)
  })

  test.each(LANGS)(
    '%s: says why a sign-in led back here, and nothing that the address makes up',
    async (lang) => {
      const { box } = await start(() => Response.json({}), '#/?refused=sign-in-no-group', lang)
      await expect
        .poll(() => box.querySelector('.ways-in [role=alert]')?.textContent?.length)
        .toBeGreaterThan(20)
      expect(await violations(box)).toEqual([])
      const made = await start(() => Response.json({}), '#/?refused=%3Cb%3Epay%20here', lang)
      await expect
        .poll(() => made.box.querySelector('.ways-in [role=alert]')?.textContent)
        .not.toContain('pay')
    },
  )

  test('offers the organisation’s sign-in where there is one', async () => {
    const feed = recordedFeed(storm, { seat: 'guest' }, AT)
    feed.store.setState({ offersSignIn: true })
    await page.viewport(1440, 900)
    const box = await showPage(<StartPage />, feed, of('#/'))
    expect(box.querySelector('a[href="/api/sign-in?exercise=demo"]')?.textContent).toContain('Sign in')
  })
})
