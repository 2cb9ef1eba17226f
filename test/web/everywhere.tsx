import type { ReactNode } from 'react'
import { page } from 'vitest/browser'
import type { Recorded } from '../../server/exercise/ledger/events.ts'
import type { Audience, Scenario, Team } from '../../server/exercise/scenario/model.ts'
import type { LANGS } from '../../server/exercise/scenario/words.ts'
import { InstructorPage } from '../../web/instructor/instructor-page.tsx'
import { NationalPage } from '../../web/national/national-page.tsx'
import { ScoreboardPage } from '../../web/scoreboard/scoreboard-page.tsx'
import { StartPage } from '../../web/start/start-page.tsx'
import { TeamPage } from '../../web/team-room/team-page.tsx'
import { demoScenario, demoTeams } from '../kit/demo-scenario.ts'
import { recordLedger } from '../kit/ledger.ts'
import { misplaced } from './boxes.ts'
import { recordedFeed, showPage } from './recorded-feed.tsx'

export const AT = 372_000
const guest: Audience = { seat: 'guest' }
export const SCENES: Readonly<Record<string, readonly [hash: string, audience: Audience, page: ReactNode]>> =
  {
    start: ['#/', guest, <StartPage key="" />],
    national: ['#/national', guest, <NationalPage key="" />],
    wall: ['#/national?big=1', guest, <NationalPage key="" />],
    tiles: ['#/national?board=services', guest, <NationalPage key="" />],
    'tiles on the wall': ['#/national?board=services&big=1', guest, <NationalPage key="" />],
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

export const ledgerOf = (scenario: Scenario, teams: readonly Team[]) =>
  recordLedger(AT, null, scenario, teams)
export const demo = ledgerOf(demoScenario, demoTeams)

/** The demo with so many services; those that are attacked come first. */
export function withServices(count: number): Scenario {
  const like = demoScenario.services.find(({ id }) => id === 'tax') as Scenario['services'][number]
  const more = Array.from({ length: count }, (_, i) => ({
    ...like,
    id: `more-${i}`,
    title: { en: 'Digital signatures', et: 'Digi\u00adallkirjastamine', ja: 'インターネット投票' },
  }))
  return { ...demoScenario, services: [...demoScenario.services, ...more].slice(0, count) }
}

/** What lies over anything else or sticks out, of a scene in all windows; one line each. */
export async function everywhere(
  scene: string,
  lang: (typeof LANGS)[number],
  ledger: readonly Recorded[] = demo,
) {
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

/** A page that is measured again and changes its layout is given the frames for it, however seldom a busy machine has one. */
export async function settled(box: HTMLElement): Promise<readonly string[]> {
  for (let tries = 0; ; tries += 1) {
    await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 30)))
    const found = misplaced(box)
    if (found.length === 0 || tries === 20) return found
  }
}
