import { describe, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { Team } from '../../server/exercise/scenario/model.ts'
import { LANGS } from '../../server/exercise/scenario/words.ts'
import { demoScenario, demoTeams } from '../kit/demo-scenario.ts'
import { continued, handBack } from '../kit/ledger.ts'
import { AT, demo, everywhere, ledgerOf, SCENES, withServices } from './everywhere.tsx'
import { recordedFeed, showPage } from './recorded-feed.tsx'

const named = (long: string) =>
  demoTeams.map((team, i) => ({ ...team, name: { en: long + i, et: long + i, ja: long + i } }))
const ODD = [
  ['sixty wide letters', 'W'.repeat(59)],
  ['Arabic, turned around by force', `\u202e${'فريق الدفاع السيبراني '.repeat(3)}`],
  ['no place to break', 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerk'],
] as const

/** With what a machine played after people had, and terminals that are open in a pause. */
describe.each(LANGS)('nothing lies over anything else, with all that may be said: %s', (lang) => {
  const ledger = continued(handBack(demo, AT), AT + 72_000, [
    ['pause-exercise', { reason: 'Lunch' }],
    ['change-preparation', { open: true }],
  ])
  test.each(['scoreboard', 'observer', 'room', 'console'])('%s', async (scene) => {
    expect(await everywhere(scene, lang, ledger)).toEqual([])
  })
})

describe.each(ODD)('odd names: %s', (_what, long) => {
  const ledger = ledgerOf(demoScenario, named(long))
  test.each(['national', 'wall', 'scoreboard', 'observer', 'room', 'console', 'start'])(
    '%s',
    async (scene) => {
      expect(await everywhere(scene, 'en', ledger)).toEqual([])
    },
  )
})

describe.each([1, 2, 6, 7, 12, 24])('%i teams', (count) => {
  const teams = Array.from({ length: count }, (_, i) => {
    const like = demoTeams[i % demoTeams.length] as Team
    const name = i < demoTeams.length ? like.name : { en: `Team ${i}`, et: `Meeskond ${i}`, ja: `チーム${i}` }
    return { ...like, name, id: i < demoTeams.length ? like.id : `team-${i}` }
  })
  const ledger = ledgerOf(demoScenario, teams)
  test.each(['national', 'wall', 'scoreboard', 'observer', 'console'])('%s', async (scene) => {
    expect(await everywhere(scene, 'et', ledger)).toEqual([])
  })
})

describe('every category that there is', () => {
  const scoring = { ...demoScenario.scoring, reporting: 500, forensics: 500, strategic: 500, usability: 500 }
  const ledger = ledgerOf({ ...demoScenario, scoring }, demoTeams)
  test.each(LANGS)('scoreboard: %s', async (lang) => {
    expect(await everywhere('scoreboard', lang, ledger)).toEqual([])
  })
})

describe('a line for guests', () => {
  const text = 'The hall opens again at 14:20; visitors are asked to wait in the foyer until then.'
  const line = { message: 'm1', teams: [], guests: true, text, wantsRead: false }
  // In two rows, which have the least height to give away.
  const ledger = continued(ledgerOf(withServices(8), demoTeams), AT, [['send-message', line]])
  test.each(LANGS)('national: %s; the state of every service stands in its tile', async (lang) => {
    expect(await everywhere('national', lang, ledger)).toEqual([])
    expect(await everywhere('tiles', lang, ledger)).toEqual([])
    const [hash, audience, element] = SCENES.tiles ?? []
    if (!hash || !audience) throw new Error('no national picture')
    const box = await showPage(element, recordedFeed(ledger, audience, AT), { hash, lang, theme: 'light' })
    await page.viewport(1366, 768)
    await new Promise((drawn) => setTimeout(drawn, 300))
    const tiles = [...box.querySelectorAll('.tile')]
    expect(tiles.length).toBeGreaterThan(3)
    const cut = tiles.filter((tile) => {
      const chip = tile.querySelector('.chip')?.getBoundingClientRect()
      return !chip || chip.bottom > tile.getBoundingClientRect().bottom
    })
    expect(cut.map(({ textContent }) => textContent)).toEqual([])
    box.remove()
  })
})
