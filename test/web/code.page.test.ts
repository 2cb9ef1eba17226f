import { expect, test } from 'vitest'
import { openFakeRange } from '../engine/fake-range.ts'
import { smallScenario } from '../kit/small-scenario.ts'
import { builtPages, joinBy } from './built-pages.ts'

const { openWindow, world } = builtPages()

test('the editor works under the platform’s own content security policy: its styles hold, it saves, it restarts', async () => {
  const fake = openFakeRange()
  const served = await world({
    range: fake.range,
    looks: ({ service }) => ({
      askedMs: 5_000,
      journeys: (smallScenario.services.find(({ id }) => id === service)?.journeys ?? []).map(({ id }) => ({
        journey: id,
        looked: false,
      })),
      attacks: [],
    }),
  })
  const { page, errors } = await openWindow()
  await joinBy(page, `${served.live.url}/#/join/${served.token('blue-red')}`, 'Mari')
  await page.getByRole('tab', { name: 'Code' }).click()
  await page.getByRole('row', { name: 'main.ts' }).click()
  const text = page.locator('.cm-content')
  await text.waitFor()
  const styles = await page.evaluate(() => {
    const of = (name: string) => getComputedStyle(document.querySelector(name) as Element)
    return {
      font: of('.cm-scroller').fontFamily,
      gutters: of('.cm-gutters').display,
      fold: of('.cm-editor').display,
    }
  })
  expect(styles.font).toContain('monospace')
  expect([styles.gutters, styles.fold]).toEqual(['flex', 'flex'])
  await text.click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type('\nconst mended = true')
  await page.keyboard.press('Control+Enter')
  const [{ id: service = '' } = {}] = served.engine.state().scenario.services
  await expect
    .poll(() => fake.sourcesIn('red', service).now.get('main.ts')?.text)
    .toBe('export {}\nconst mended = true')
  await expect.poll(() => fake.acts).toEqual([`app red/${service}`])
  await expect
    .poll(async () => (await served.engine.events(0, 1_000)).slice(-2))
    .toMatchObject([
      { type: 'source.saved', data: { file: 'main.ts', by: { name: 'Mari' } } },
      { type: 'app.restarted', data: { ok: true, by: { name: 'Mari' } } },
    ])
  await page.locator('.code-answer').getByText('being checked').first().waitFor()
  // What is refused is said where it was asked for.
  await page.getByRole('button', { name: 'Restart and verify' }).click()
  await page.getByText(/restarted and looked at just now/).waitFor()
  expect(errors.filter((error) => !error.includes('409'))).toEqual([])
})
