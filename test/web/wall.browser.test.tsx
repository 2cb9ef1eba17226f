import { describe, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { PLATFORM } from '../../server/exercise/ledger/actor.ts'
import type { Audience, Scenario, Team } from '../../server/exercise/scenario/model.ts'
import { LANGS, type Lang } from '../../server/exercise/scenario/words.ts'
import { NationalPage } from '../../web/national/national-page.tsx'
import { blue } from '../kit/actors.ts'
import { demoScenario, demoTeams } from '../kit/demo-scenario.ts'
import { continued } from '../kit/ledger.ts'
import { everywhere, ledgerOf } from './everywhere.tsx'
import { recordedFeed, showPage, until, violations } from './recorded-feed.tsx'

const AT = 372_000
const guest: Audience = { seat: 'guest' }
const text = (en: string, et: string, ja: string) => ({ en, et, ja })
const scenario: Scenario = {
  ...demoScenario,
  weaknesses: demoScenario.weaknesses.map((weakness) =>
    weakness.service === 'tax'
      ? {
          ...weakness,
          takes: { what: text('tax returns', 'tuludeklaratsiooni', '確定申告'), people: 412_000 },
        }
      : weakness,
  ),
  life: [
    ...demoScenario.services.filter((service) => service.public),
    ...demoScenario.services.filter((service) => service.public).slice(0, 4),
  ].map(({ id }, index) => ({
    id: `life-${index}`,
    title: text('Keep a secret address secret', 'Hoida salajast aadressi salajas', '秘匿した住所を守る'),
    journeys: [{ service: id, journey: 'main' }],
  })),
}
const shown = (teams: readonly Team[], lang: Lang, hash = '#/national', of = scenario, at = AT) =>
  showPage(<NationalPage />, recordedFeed(ledgerOf(of, teams), guest, at), { hash, lang, theme: 'dark' })

describe('the wall', () => {
  test('says how many, since when, whose data is gone and when it is over', async () => {
    await page.viewport(1366, 768)
    const box = await shown(demoTeams, 'en')
    const of = (part: string) => box.querySelector(part)?.textContent ?? ''
    expect(of('.national-number')).toMatch(/^\d{3},000$/)
    expect(of('.wall-curve-told')).toMatch(/^Most at once: [\d.]+.million, at \d:\d\d$/)
    expect(of('[aria-labelledby=wall-taken]')).toMatch(
      /824,000tax returns.*Still open in \d of 3 countries\./,
    )
    expect(of('[aria-labelledby=wall-expected]')).toMatch(
      /about \d\smin.*judged by \d+ repairs so far.*Normal in 1 of 3 countries/,
    )
    expect(of('.life-out')).toMatch(/fails in 2 of 3 countries.*since 5:38/)
    expect(box.querySelector('.wall-pace')).not.toBeNull()
    // How each of the three numbers is counted is one click away, in the scenario's own numbers.
    const how = [...box.querySelectorAll<HTMLElement>('.wall-number .counted')]
    expect(how.map((one) => one.querySelector('p')?.checkVisibility())).toEqual([false, false, false])
    for (const one of how) one.querySelector('summary')?.click()
    await expect.poll(() => how.every((one) => one.querySelector('p')?.checkVisibility())).toBe(true)
    expect(how[0]?.textContent).toMatch(/Each country has [\d.,]+.* people, all 3 together/)
    expect(how[1]?.textContent).toMatch(/824,000 tax returns \(in 2 of 3 countries\)/)
    expect(how[2]?.textContent).toMatch(/fewer than 3 are solved, or when one lasts 2 times/)
    expect(await violations(box)).toEqual([])
    box.remove()
  })

  test('of one country says no “1 of 1 countries”', async () => {
    const box = await shown(demoTeams.slice(2), 'en')
    expect(box.textContent).not.toContain('of 1 countries')
    expect(box.textContent).not.toContain('in every country')
    expect(box.querySelector('.life-fine .life-state')?.textContent).toBe('works')
    box.remove()
  })

  test('says nothing of data where nothing says what is taken', async () => {
    const box = await shown(demoTeams, 'en', '#/national', demoScenario)
    expect(box.querySelector('[aria-labelledby=wall-taken]')?.textContent).toMatch(
      /^Data taken0No data has been taken\./,
    )
    box.remove()
  })

  test('tells of no hint that a team took: it would push out what people feel', async () => {
    const hint = { team: 'finland', weakness: 'tax-1', level: 3 }
    const ledger = continued(ledgerOf(scenario, demoTeams), AT, [['take-hint', hint, blue('blue-finland')]])
    const box = await showPage(<NationalPage />, recordedFeed(ledger, guest, AT), {
      hash: '#/national?board=services',
      lang: 'en',
      theme: 'dark',
    })
    expect(ledger.at(-1)?.type).toBe('hint.taken')
    expect(box.querySelectorAll('.story-item').length).toBeGreaterThan(2)
    expect(box.querySelector('.story')?.textContent).not.toContain('hint')
    box.remove()
  })

  test.each([
    [1, 'en', 'One team cannot be measured since 6:12: a computer does not answer'],
    [2, 'en', '2 teams cannot be measured since 6:12: a computer does not answer'],
    [1, 'et', 'Ühte meeskonda ei saa alates 6:12 mõõta: arvuti ei vasta'],
    [2, 'ja', '6:12から2チームを計測できません：コンピューターが応答していません'],
  ] as const)('says of %i teams, in %s, that their machine does not answer', async (n, lang, said) => {
    const lost = { machine: 'm2', name: 'cellar', teams: demoTeams.slice(0, n).map(({ id }) => id) }
    const ledger = continued(ledgerOf(scenario, demoTeams), AT, [['report-machine-lost', lost, PLATFORM]])
    const box = await showPage(<NationalPage />, recordedFeed(ledger, guest, AT), {
      hash: '#/national',
      lang,
      theme: 'dark',
    })
    expect(box.querySelector('.health-state')?.textContent).toBe(said)
    expect(box.textContent).not.toContain('cellar')
    box.remove()
  })

  test('a big screen explains no numbers: nobody clicks there', async () => {
    await page.viewport(1366, 768)
    const box = await shown(demoTeams, 'en', '#/national?big=1')
    expect(box.querySelectorAll('.wall-number').length).toBe(3)
    expect(box.querySelector('.counted')).toBeNull()
    box.remove()
  })

  test('has its services one click away, also on a big screen', async () => {
    const box = await shown(demoTeams, 'en')
    const scenes = page.getByRole('combobox', { name: 'What this page shows' })
    const select = scenes.element() as HTMLSelectElement
    expect([...select.options].map((option) => option.text)).toEqual([
      'Situation',
      'Daily life',
      'Data flow',
      'Story',
      'Countries',
      'Schedule',
      'Services',
    ])
    await expect.element(scenes).toHaveDisplayValue('Situation')
    await scenes.selectOptions('Services')
    expect(location.hash).toContain('board=services')
    await until(() => box.querySelector('.tile'))
    box.remove()
  })

  test.each(LANGS)('nine situations lie over nothing, in %s', async (lang) => {
    expect(await everywhere('national', lang, ledgerOf(scenario, demoTeams))).toEqual([])
    expect(await everywhere('wall', lang, ledgerOf(scenario, demoTeams))).toEqual([])
  })
})
