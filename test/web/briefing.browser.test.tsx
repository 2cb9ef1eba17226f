import { describe, expect, onTestFinished, test } from 'vitest'
import { page } from 'vitest/browser'
import type { Audience } from '../../server/exercise/scenario/model.ts'
import { LANGS } from '../../server/exercise/scenario/words.ts'
import { InstructorPage } from '../../web/instructor/instructor-page.tsx'
import { TeamPage } from '../../web/team-room/team-page.tsx'
import { recordLedger } from '../kit/ledger.ts'
import { recordedFeed, showPage, until, violations } from './recorded-feed.tsx'

const STORM_MS = 372_000
const storm = recordLedger(STORM_MS)
const blue: Audience = { seat: 'blue', team: 'finland' }

const BRIEFING = `# Storm

Keep the services **running**. <script>document.title = 'owned'</script>

- one
- [two](https://example.org/x)
- [bad](javascript:alert(1)) and ![a picture](https://example.org/p.png)

| service | what |
|---|---|
| tax | returns |
`

/** Answers what the page asks the platform. */
function platformSays(answer: () => Response): string[] {
  const asked: string[] = []
  const { fetch } = globalThis
  globalThis.fetch = async (input) => {
    asked.push(String(input))
    return answer()
  }
  onTestFinished(() => {
    globalThis.fetch = fetch
  })
  return asked
}

const pages = (more = {}) =>
  Response.json({ first: 'en', briefing: { en: BRIEFING, et: '# Torm\n\nHoia teenused **töös**.' }, ...more })

const room = async (lang: (typeof LANGS)[number] = 'en') => {
  const box = await showPage(<TeamPage team="finland" />, recordedFeed(storm, blue, STORM_MS), {
    hash: '#/team/finland',
    lang,
    theme: 'light',
  })
  const tab = await until(() => box.querySelector<HTMLElement>('[role=tab][data-key=briefing]'))
  tab.click()
  await until(() => box.querySelector('.rules'))
  return box
}

describe('the briefing', () => {
  test('is Markdown, and nothing else that its author may have put there', async () => {
    platformSays(pages)
    const box = await room()
    const text = await until(() => box.querySelector<HTMLElement>('.markdown'))
    expect(text.querySelector('strong')?.textContent).toBe('running')
    expect(text.querySelector('h3')?.textContent).toBe('Storm')
    expect(text.querySelectorAll('script, img, h1, h2')).toHaveLength(0)
    expect(text.textContent).toContain("<script>document.title = 'owned'</script>")
    expect(document.title).not.toContain('owned')
    expect([...text.querySelectorAll('a')].map(({ href, rel }) => [href, rel])).toEqual([
      ['https://example.org/x', 'noreferrer noopener'],
    ])
    expect(text.textContent).toContain('a picture')
    expect(text.querySelector('td')?.textContent).toBe('tax')
    expect(await violations(box)).toEqual([])
  })

  test.each([
    ['et', 'et', 'Torm', false],
    ['ja', 'en', 'Storm', true],
  ] as const)('in %s it stands in %s', async (lang, of, title, said) => {
    platformSays(pages)
    const box = await room(lang)
    const text = await until(() => box.querySelector<HTMLElement>('.markdown'))
    expect([text.lang, text.querySelector('h3')?.textContent]).toEqual([of, title])
    expect(box.querySelector('.briefing')?.textContent?.includes('この文章の言語：英語')).toBe(said)
    expect(await violations(box)).toEqual([])
  })

  test('where the platform does not answer, the page says so and asks again', async () => {
    let answers = 0
    const asked = platformSays(() => {
      answers += 1
      return answers === 1 ? new Response('', { status: 503 }) : pages()
    })
    const box = await room()
    await page.getByRole('button', { name: 'Try again' }).click()
    await until(() => box.querySelector('.markdown'))
    expect(asked).toEqual(['/api/briefing', '/api/briefing'])
  })

  test('white reads the instructor’s page too', async () => {
    platformSays(() => pages({ instructor: { en: '# Only for you' } }))
    const box = await showPage(<InstructorPage />, recordedFeed(storm, { seat: 'white' }, STORM_MS), {
      hash: '#/instructor',
      lang: 'en',
      theme: 'dark',
    })
    await page.getByRole('tab', { name: 'Briefing' }).click()
    await until(() => box.querySelectorAll('.markdown').length === 2)
    expect(box.querySelector('.briefing')?.textContent).toContain('Only for you')
    expect(await violations(box)).toEqual([])
  })
})

describe('the rules in plain words', () => {
  test('every line of the score leads to the words of its rule, and focus with it', async () => {
    platformSays(pages)
    const box = await room()
    await page.getByRole('tab', { name: 'Score' }).click()
    const rules = new Set<string>()
    const lines = await until(() => {
      const found = [...box.querySelectorAll<HTMLDetailsElement>('.score-line')]
      return found.length > 5 && found
    })
    for (const line of lines) rules.add(line.querySelector('.rule-link')?.textContent ?? '')
    expect(rules.size).toBeGreaterThan(2)
    for (const rule of rules) {
      await page.getByRole('tab', { name: 'Score' }).click()
      const line = await until(() =>
        [...box.querySelectorAll<HTMLDetailsElement>('.score-line')].find(
          (one) => one.querySelector('.rule-link')?.textContent === rule,
        ),
      )
      line.open = true
      line.querySelector<HTMLButtonElement>('.rule-link')?.click()
      const wanted = await until(() => box.querySelector('.rule-wanted'))
      expect(wanted.textContent).toContain(rule)
      await until(() => document.activeElement === wanted)
    }
  })

  test.each(LANGS)('all of them are said in %s, with numbers and without a gap', async (lang) => {
    platformSays(pages)
    const box = await room(lang)
    const said = [...box.querySelectorAll('.rule')].map(({ textContent }) => textContent ?? '')
    expect(said.length).toBeGreaterThan(8)
    for (const text of said) expect(text).not.toMatch(/\{\{|undefined|NaN|rules\./)
    const { scoring } = recordedFeed(storm, blue, STORM_MS).store.getState().folded.state.scenario
    const digits = said.join(' ').replaceAll(/[\s,]/g, '')
    expect(digits).toContain(String(scoring.defence))
  })
})
