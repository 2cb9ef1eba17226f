import { beforeEach, describe, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { Lang } from '../../server/exercise/scenario/words.ts'
import { THEMES } from '../../web/app/route.ts'
import { settled } from '../web/everywhere.tsx'
import { recordedFeed, showPage, violations } from '../web/recorded-feed.tsx'
import { SHOTS } from './shot-list.tsx'
import { tooSmall } from './sizes.ts'

/** A hall's screen, two laptops, the largest there is, and a phone. */
const SIZES = [
  [1920, 1080],
  [1366, 768],
  [1280, 720],
  [3840, 2160],
  [390, 844],
] as const
const LAPTOP = SIZES.slice(1, 2)

/** Whether pictures are kept (`npm run shots`). */
const KEEPS: boolean = import.meta.env.VITE_SHOTS === '1'
const FOLDER = '../../.kilp/shots'

/**
 * Every page of a language, in both themes: nothing lies over anything else or sticks out, nothing is too small to be read or hit, and axe finds nothing. Where no pictures are kept, the second theme is
 * looked at in one size: it has the same layout in other colours.
 */
export function lookAtAll(lang: Lang): void {
  beforeEach(() => {
    sessionStorage.clear()
    localStorage.clear()
  })
  describe.each(THEMES)('%s', (theme) => {
    test.each(SHOTS.map((shot) => [shot.name, shot] as const))('%s', async (name, shot) => {
      const found: string[] = []
      shot.first?.()
      const feed = recordedFeed(shot.ledger, shot.audience, shot.atMs)
      const box = await showPage(shot.page, feed, { hash: shot.hash, lang, theme })
      for (const [width, height] of KEEPS || theme === THEMES[0] ? SIZES : LAPTOP) {
        await page.viewport(width, height)
        const wrong = [...(await settled(box)), ...tooSmall(box)]
        found.push(...wrong.map((what) => `${width} x ${height}: ${what}`))
        const file = `${name}-${width}x${height}-${theme}-${lang}.png`.replaceAll(' ', '-')
        if (KEEPS) await page.screenshot({ path: `${FOLDER}/${file}` })
      }
      expect([...found, ...(await violations(document.body))]).toEqual([])
    })
  })
}
