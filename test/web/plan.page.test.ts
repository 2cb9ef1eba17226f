import { expect, test } from 'vitest'
import { white } from '../kit/actors.ts'
import { builtPages, joinBy } from './built-pages.ts'

const { openWindow, world } = builtPages()

test('two instructors write one plan, each sees what the other wrote, also after the end; a reload loses nothing', async () => {
  const served = await world()
  const [anna, bo] = [await openWindow(), await openWindow()]
  for (const [{ page }, name] of [
    [anna, 'Anna'],
    [bo, 'Bo'],
  ] as const) {
    await joinBy(page, `${served.live.url}/#/join/${served.token('white')}`, name)
    await page.goto(`${served.live.url}/#/report?board=plan`)
  }
  await anna.page.getByLabel('New observation').fill('The press office was told late.')
  await anna.page.getByRole('button', { name: 'Add to the plan' }).click()
  const owner = bo.page.getByRole('combobox', { name: 'Owner: The press office' })
  await owner.fill('CERT')
  await owner.press('Enter')
  const hers = anna.page.getByRole('combobox', { name: 'Owner: The press office' })
  await expect.poll(() => hers.inputValue()).toBe('CERT')

  await served.give({ type: 'end-exercise', data: { reason: 'done' } }, white())
  await hers.fill('Police')
  await hers.press('Tab')
  await expect.poll(() => owner.inputValue()).toBe('Police')
  await bo.page.reload()
  await expect.poll(() => owner.inputValue()).toBe('Police')
  await bo.page.getByText('2 changes').click()
  expect(await bo.page.locator('.plan-table details').innerText()).toMatch(
    /Bo[\s\S]*CERT[\s\S]*Anna[\s\S]*Police/,
  )
  expect(served.engine.state().observations).toHaveLength(1)

  await anna.page.getByRole('button', { name: 'Remove' }).click()
  await anna.page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
  await bo.page.getByText('Nothing has been put into the plan.').waitFor()
  expect([...anna.errors, ...bo.errors]).toEqual([])
})
