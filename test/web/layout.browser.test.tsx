import type { ReactNode } from 'react'
import { describe, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { Recorded } from '../../server/exercise/ledger/events.ts'
import type { Audience, Scenario, Team } from '../../server/exercise/scenario/model.ts'
import { LANGS } from '../../server/exercise/scenario/words.ts'
import { InstructorPage } from '../../web/instructor/instructor-page.tsx'
import { NationalPage } from '../../web/national/national-page.tsx'
import { ScoreboardPage } from '../../web/scoreboard/scoreboard-page.tsx'
import { StartPage } from '../../web/start/start-page.tsx'
import { TeamPage } from '../../web/team-room/team-page.tsx'
import { demoScenario, demoTeams } from '../kit/demo-scenario.ts'
import { continued, handBack, recordLedger } from '../kit/ledger.ts'
import { misplaced } from './boxes.ts'
import { recordedFeed, showPage } from './recorded-feed.tsx'

const AT = 372_000
const guest: Audience = { seat: 'guest' }
const SCENES: Readonly<Record<string, readonly [hash: string, audience: Audience, page: ReactNode]>> = {
  start: ['#/', guest, <StartPage key="" />],
  national: ['#/national', guest, <NationalPage key="" />],
  wall: ['#/national?big=1', guest, <NationalPage key="" />],
  scoreboard: ['#/scoreboard', guest, <ScoreboardPage key="" withTechniques={false} />],
  observer: ['#/observer', { seat: 'observer' }, <ScoreboardPage key="" withTechniques />],
  room: ['#/team/finland', { seat: 'blue', team: 'finland' }, <TeamPage key="" team="finland" />],
  'room, for white': ['#/instructor/finland', { seat: 'white' }, <TeamPage key="" team="finland" />],
  console: ['#/instructor', { seat: 'white' }, <InstructorPage key="" />],
}

/** The last two are the first two with text of 200 %. */
const WINDOWS = [
  [1920, 1080],
  [1366, 768],
  [1280, 720],
  [1024, 768],
  [390, 844],
  [960, 540],
  [683, 384],
] as const

const ledgerOf = (scenario: Scenario, teams: readonly Team[]) => recordLedger(AT, null, scenario, teams)
const demo = ledgerOf(demoScenario, demoTeams)

async function everywhere(scene: string, lang: (typeof LANGS)[number], ledger: readonly Recorded[] = demo) {
  const [hash, audience, element] = SCENES[scene] ?? SCENES.start ?? []
  if (!hash || !audience) throw new Error(`no scene ${scene}`)
  const box = await showPage(element, recordedFeed(ledger, audience, AT), { hash, lang, theme: 'dark' })
  const found: string[] = []
  for (const [width, height] of WINDOWS) {
    await page.viewport(width, height)
    found.push(...(await settled(box)).map((what) => `${width} x ${height}: ${what}`))
  }
  box.remove()
  return found
}

/** A page that is measured again and changes its layout is given the time for it. */
async function settled(box: HTMLElement): Promise<readonly string[]> {
  for (let tries = 0; ; tries += 1) {
    await new Promise((drawn) => setTimeout(drawn, 50))
    const found = misplaced(box)
    if (found.length === 0 || tries === 20) return found
  }
}

const named = (long: string) =>
  demoTeams.map((team, i) => ({ ...team, name: { en: long + i, et: long + i, ja: long + i } }))
const ODD = [
  ['sixty wide letters', 'W'.repeat(59)],
  ['Arabic, turned around by force', `\u202e${'فريق الدفاع السيبراني '.repeat(3)}`],
  ['no place to break', 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerk'],
] as const

describe.each(LANGS)('nothing lies over anything else: %s', (lang) => {
  test.each(Object.keys(SCENES))('%s', async (scene) => {
    expect(await everywhere(scene, lang)).toEqual([])
  })
})

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

describe.each([8, 11, 13, 16])('%i services', (count) => {
  const like = demoScenario.services.find(({ id }) => id === 'tax') as Scenario['services'][number]
  const more = Array.from({ length: count }, (_, i) => ({
    ...like,
    id: `more-${i}`,
    title: { en: 'Digital signatures', et: 'Digi\u00adallkirjastamine', ja: 'インターネット投票' },
  }))
  // Those that are attacked come first.
  const services = [...demoScenario.services, ...more].slice(0, count)
  const ledger = ledgerOf({ ...demoScenario, services }, demoTeams)
  test.each(LANGS)('national and wall, scoreboard, room, console: %s', async (lang) => {
    for (const scene of ['national', 'wall', 'scoreboard', 'room', 'console'])
      expect(await everywhere(scene, lang, ledger), scene).toEqual([])
  })
})
