import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { PLATFORM } from '../../server/exercise/ledger/actor.ts'
import { openMemoryLog } from '../engine/memory-log.ts'
import { startHere } from '../platform/platform-here.ts'
import { builtPages } from './built-pages.ts'

const pages = builtPages()
const OWN = `--- a/main.ts\n+++ b/main.ts\n@@ -1,2 +1,2 @@\n-const a = '1'\n+const a = '<img src=x onerror="document.title=1">'\n const b = 2\n`

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
  expect(errors).toEqual([])
})
