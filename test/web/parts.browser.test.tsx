import { describe, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import type { Recorded } from '../../server/exercise/ledger/events.ts'
import type { Audience } from '../../server/exercise/scenario/model.ts'
import { LANGS } from '../../server/exercise/scenario/words.ts'
import { Shell } from '../../web/app/shell.tsx'
import { takeBatches } from '../../web/feed/feed.ts'
import { InstructorPage } from '../../web/instructor/instructor-page.tsx'
import { NationalPage } from '../../web/national/national-page.tsx'
import { ScoreboardPage } from '../../web/scoreboard/scoreboard-page.tsx'
import { demoScenario, demoTeams } from '../kit/demo-scenario.ts'
import { recordLedger } from '../kit/ledger.ts'
import { recordedFeed, showPage, until } from './recorded-feed.tsx'

const guest: Audience = { seat: 'guest' }
const END_MS = 600_000
const STORM_MS = 372_000

function Broken(): never {
  throw new Error('no such thing')
}

describe('a crash', () => {
  test.each([
    ['en', 'Load the page again'],
    ['et', 'Laadi leht uuesti'],
    ['ja', 'ページを読み込み直す'],
  ] as const)('of one part leaves the frame, and offers a reload: %s', async (lang, reload) => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {})
    const crashing = (
      <Shell title="Crash" className="">
        <Broken />
      </Shell>
    )
    const feed = recordedFeed(recordLedger(0), guest, 0)
    const box = await showPage(crashing, feed, { hash: '#/', lang, theme: 'dark' })
    await expect.element(page.getByRole('button', { name: reload })).toBeVisible()
    expect(box.querySelector('[role=alert]')?.textContent).toContain('no such thing')
    expect(box.querySelector('.pulse')).not.toBeNull()
    said.mockRestore()
  })
})

describe('story feed', () => {
  test('held, it shows nothing newer, and says how much it has missed', async () => {
    const [before, after] = [recordLedger(200_000), recordLedger(STORM_MS)]
    const feed = recordedFeed(before, guest, 200_000)
    const box = await showPage(<ScoreboardPage withTechniques={false} />, feed, {
      hash: '#/scoreboard',
      lang: 'en',
      theme: 'dark',
    })
    const newest = () => box.querySelector('.story-item')?.textContent
    const was = newest()
    await page.getByRole('button', { name: 'Pause updates' }).click()
    takeBatches(feed.store, () => Promise.reject(new Error('no gap')))({
      after: before.length,
      cursor: after.length,
      events: after.slice(before.length).filter(({ type }) => type === 'phase.entered'),
    })
    await until(() => box.querySelector('.story-head .button')?.textContent?.includes('new'))
    expect(newest()).toBe(was)
    await page.getByRole('button', { name: 'Resume updates' }).click()
    await until(() => newest() !== was)
  })
})

describe('the end', () => {
  test('the scoreboard says who came first and what decided it', async () => {
    const feed = recordedFeed(recordLedger(END_MS), guest, END_MS)
    const box = await showPage(<ScoreboardPage withTechniques={false} />, feed, {
      hash: '#/scoreboard',
      lang: 'en',
      theme: 'dark',
    })
    const outcome = box.querySelector('.outcome')?.textContent
    const first = box.querySelector('.standings-name')?.textContent ?? 'nobody'
    expect(outcome).toContain(`Team ${first} comes first`)
    expect(outcome).toMatch(/What decided it: (Availability|Defence|Recovery), [\d,.]+ points ahead of team/)
  })

  test.each(LANGS)('a team by itself is not the first of one: %s', async (lang) => {
    const ledger = recordLedger(END_MS, null, demoScenario, demoTeams.slice(0, 1))
    const feed = recordedFeed(ledger, guest, END_MS)
    const box = await showPage(<ScoreboardPage withTechniques={false} />, feed, {
      hash: '#/scoreboard',
      lang,
      theme: 'light',
    })
    const outcome = box.querySelector('.outcome')?.textContent ?? ''
    expect(outcome).toContain({ en: 'is done', et: 'on lõpetanud', ja: '演習が終わりました' }[lang])
    expect(outcome).toMatch(/10[\s,.\u00a0]?000/)
    expect(outcome).not.toMatch(/1\. |comes first|Nobody/)
  })
})

describe('a seat', () => {
  test('is made for the team and person that the instructor names', async () => {
    const feed = recordedFeed(recordLedger(STORM_MS), { seat: 'white' }, STORM_MS)
    await showPage(<InstructorPage />, feed, { hash: '#/instructor', lang: 'en', theme: 'dark' })
    await page.getByRole('tab', { name: 'Seats' }).click()
    await page.getByRole('combobox', { name: 'For' }).selectOptions('japan')
    await page.getByLabelText('Who will sit there').fill('Late guest')
    await page.getByRole('button', { name: 'Create seat' }).click()
    expect(feed.sent).toEqual([
      {
        type: 'issue-seat',
        data: {
          seatId: expect.stringMatching(/^[0-9a-f]{32}$/),
          seat: 'blue',
          team: 'japan',
          label: 'Late guest',
        },
      },
    ])
  })
})

describe('the whole state', () => {
  /** Thirteen public services with the longest names there are. */
  const more = (event: Recorded): Recorded => {
    if (event.type !== 'exercise.created') return event
    const { scenario } = event.data
    const like = scenario.services.find(({ id }) => id === 'tax')
    if (!like) throw new Error('no service')
    const services = Array.from({ length: 13 - scenario.services.length + 1 }, (_, i) => ({
      ...like,
      id: `more-${i}`,
      title: { en: 'Internet voting', et: 'Elektrooniline hääletamine', ja: 'インターネット投票' },
    }))
    return {
      ...event,
      data: { ...event.data, scenario: { ...scenario, services: [...scenario.services, ...services] } },
    }
  }

  test.each(LANGS)('every tile is whole, %s, on a page and on a projector', async (lang) => {
    await page.viewport(1920, 1080)
    for (const hash of ['#/national?board=services', '#/national?big=1&board=services']) {
      const feed = recordedFeed(recordLedger(STORM_MS).map(more), guest, STORM_MS)
      const box = await showPage(<NationalPage />, feed, { hash, lang, theme: 'dark' })
      expect(box.querySelectorAll('.tile')).toHaveLength(13)
      expect(document.documentElement.scrollHeight).toBeLessThanOrEqual(1080)
      const cut = [...box.querySelectorAll('.tile, .national-services, .flow, .flow-node')].filter(
        (part) => part.scrollHeight > part.clientHeight + 1 || part.scrollWidth > part.clientWidth + 1,
      )
      expect(cut.map((part) => part.textContent?.slice(0, 60))).toEqual([])
      box.remove()
    }
  })
})

describe('24 teams', () => {
  const teams = Array.from({ length: 24 }, (_, i) => {
    const like = demoTeams[i % demoTeams.length]
    if (!like) throw new Error('no team')
    return { ...like, id: i < demoTeams.length ? like.id : `team-${i}` }
  })

  test('the national picture stays on one screen, and counts countries instead of listing them', async () => {
    await page.viewport(1920, 1080)
    const crowded = recordLedger(STORM_MS).map((event) =>
      event.type === 'exercise.created' ? { ...event, data: { ...event.data, teams } } : event,
    )
    const feed = recordedFeed(crowded, guest, STORM_MS)
    const box = await showPage(<NationalPage />, feed, {
      hash: '#/national?board=services',
      lang: 'et',
      theme: 'dark',
    })
    expect(document.documentElement.scrollHeight).toBeLessThanOrEqual(1080)
    const countries = [...box.querySelectorAll('.country b')].map((node) => Number(node.textContent))
    expect(countries.reduce((a, b) => a + b, 0)).toBe(24)
    const tiles = box.querySelector('.national-tiles')?.getBoundingClientRect()
    const flow = box.querySelector('.national-flow')?.getBoundingClientRect()
    expect(tiles?.bottom).toBeLessThanOrEqual(flow?.top ?? 0)
  })
})

describe('a text that its author did not write in the language of the page', () => {
  /** The ledger of an exercise whose services are described in English and Finnish only. */
  const halfWritten = (ledger: readonly Recorded[]): readonly Recorded[] =>
    ledger.map((event) =>
      event.type === 'exercise.created'
        ? {
            ...event,
            data: {
              ...event.data,
              scenario: {
                ...event.data.scenario,
                services: event.data.scenario.services.map((service) => ({
                  ...service,
                  title: { en: 'Ferry', et: 'Lautta', ja: 'Ferry', borrowed: { et: 'fi', ja: 'en' } },
                  publicText: {
                    en: 'To the islands.',
                    et: 'Saarille.',
                    ja: 'To the islands.',
                    borrowed: { et: 'fi', ja: 'en' },
                  },
                })),
              },
            },
          }
        : event,
    )
  const shown = async (lang: 'en' | 'et' | 'ja') => {
    const feed = recordedFeed(halfWritten(recordLedger(200_000)), guest, 200_000)
    return showPage(<NationalPage />, feed, { hash: '#/national?board=services', lang, theme: 'dark' })
  }

  test.each([
    ['et', 'fi', 'Saarille.', ' (soome keeles)'],
    ['ja', 'en', 'To the islands.', '（英語のまま）'],
  ] as const)('is spoken in its own, and says so: %s', async (lang, other, words, said) => {
    const box = await shown(lang)
    const plain = box.querySelector('.tile-plain')
    expect(plain?.querySelector(`[lang=${other}]`)?.textContent).toBe(words)
    expect(plain?.textContent).toBe(`${words}${said}`)
    // A name has no room for words.
    const name = box.querySelector('.tile h3')
    expect(name?.querySelector(`[lang=${other}]`)?.textContent).toBe(name?.textContent)
  })

  test('is nothing special where it was written', async () => {
    const box = await shown('en')
    expect(box.querySelector('.tile-plain')?.innerHTML).toBe('To the islands.')
    expect(box.querySelector('.tile h3')?.innerHTML).toBe('Ferry')
  })
})

test('pictures and the exchange in the middle are those that services say, whatever they are called', async () => {
  const renamed = recordLedger(200_000).map((event) =>
    event.type === 'exercise.created'
      ? {
          ...event,
          data: {
            ...event.data,
            scenario: {
              ...event.data.scenario,
              services: event.data.scenario.services.map((service) => ({
                ...service,
                hub: service.id === 'eid' ? (true as const) : undefined,
                icon: service.id === 'tax' ? ('ship' as const) : undefined,
              })),
            },
          },
        }
      : event,
  ) as readonly Recorded[]
  const feed = recordedFeed(renamed, guest, 200_000)
  const box = await showPage(<NationalPage />, feed, {
    hash: '#/national?board=services',
    lang: 'en',
    theme: 'dark',
  })
  expect(box.querySelector('.flow-hub')?.textContent).toContain('Digital identity')
  expect(box.querySelectorAll('.tile .lucide-ship')).toHaveLength(1)
  expect(box.querySelectorAll('.tile .lucide-server').length).toBeGreaterThan(2)
})
