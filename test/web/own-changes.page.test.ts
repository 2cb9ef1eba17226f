import { createHash } from 'node:crypto'
import axe from 'axe-core'
import { expect, test } from 'vitest'
import { PLATFORM } from '../../server/exercise/ledger/actor.ts'
import { openMemoryLog } from '../engine/memory-log.ts'
import { startHere } from '../platform/platform-here.ts'
import { builtPages } from './built-pages.ts'

const pages = builtPages()
const LONG = `// ${'x'.repeat(400)}`
const OWN = `--- a/main.ts\n+++ b/main.ts\n@@ -1,4 +1,4 @@\n-const a = '1'\n--- an old comment\n+const a = '<img src=x onerror="document.title=1">'\n+${LONG}\n const b = 2\n`

test('a team reads in its report what it changed, line by line, as text and nothing else', async () => {
  const { log } = openMemoryLog()
  const here = await startHere(log, { web: pages.webDir })
  const { engine } = here.platform.current
  const content = Buffer.from(OWN)
  const sha256 = createHash('sha256').update(content).digest('hex')
  const file = { name: 'portal.diff', type: 'text/x-diff', bytes: content.length, sha256 }
  const team = engine.state().teams[0]?.id ?? ''
  const service = engine.state().scenario.services[0]?.id ?? ''
  await log.keepFile(engine.exerciseId, { ...file, owner: team, wall: 1 }, content)
  const data = { team, service, file, files: 1, added: 1, removed: 1 }
  await engine.submit({ type: 'keep-changes', data }, PLATFORM)
  const { page, errors } = await pages.openWindow()
  const link = (await here.links(engine.exerciseId)).find(({ seat }) => seat === 'blue')
  await page.goto(link?.url ?? '')
  await page.getByRole('button', { name: 'Join without a name' }).click()
  await page.waitForURL(/#\/e\/[^/]+\/team\//)
  await page.goto(`${here.platform.url}/#/e/${engine.exerciseId}/team-report/${team}`)
  const changes = page.getByRole('region', { name: 'Changes line by line, beside the reference' })
  await changes.locator('summary').click()
  await changes.getByText('+const a = ').waitFor()
  expect(await changes.locator('.diff-added').allTextContents()).toContain(
    `+const a = '<img src=x onerror="document.title=1">'\n`,
  )
  expect(await changes.locator('img').count()).toBe(0)

  // What names the file is no line of it, whatever it begins with; a line that is gone may begin with dashes of its own.
  const linesOf = (kind: string) => changes.locator(`.${kind}`).allTextContents()
  expect(await linesOf('diff-file')).toEqual(['--- a/main.ts\n', '+++ b/main.ts\n'])
  expect(await linesOf('diff-removed')).toEqual([`-const a = '1'\n`, '--- an old comment\n'])
  expect(await linesOf('diff-added')).toHaveLength(2)

  // Told apart by their signs, and by colours that can be read in both themes; a long line moves its box and not the page.
  const seen = () =>
    changes.evaluate((box) => {
      const look = (kind: string) => {
        const line = box.querySelector(`.${kind}`)
        const style = line && getComputedStyle(line)
        return style ? `${style.backgroundColor} ${style.color}` : ''
      }
      const part = box.querySelector('.paper-diff')
      return {
        looks: new Set(['diff-added', 'diff-removed', 'diff-file'].map(look)).size,
        font: getComputedStyle(box.querySelector('pre') ?? box).fontFamily,
        inside: (part?.scrollWidth ?? 0) > (part?.clientWidth ?? 0),
        page: document.documentElement.scrollWidth <= innerWidth,
      }
    })
  await page.evaluate(axe.source)
  for (const colorScheme of ['dark', 'light'] as const)
    for (const viewport of [
      { width: 1366, height: 768 },
      { width: 390, height: 844 },
    ]) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize(viewport)
      const { font, ...rest } = await seen()
      expect(rest).toEqual({ looks: 3, inside: true, page: true })
      expect(font).toMatch(/mono/i)
      if (process.env.VITE_SHOTS === '1')
        await changes.screenshot({ path: `.kilp/shots/diff-${colorScheme}-${viewport.width}.png` })
      const found = await page.evaluate(async () => {
        const { axe: run } = window as unknown as { axe: typeof axe }
        const { violations } = await run.run({ include: ['.paper-changes'] })
        return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
      })
      expect(found).toEqual([])
    }
  expect(errors).toEqual([])
})
