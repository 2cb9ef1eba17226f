import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openShellRange } from '../live/process-terminal.ts'
import { builtPages, joinBy } from './built-pages.ts'

const { openWindow, world } = builtPages()
/** Two windows each, and a machine that may do a lot besides. */
const WITHIN_MS = 150_000

/** The room of a team as one of its people has it, at the terminals. */
async function roomOf(url: string, token: string, name: string) {
  const { page, errors } = await openWindow()
  await joinBy(page, `${url}/#/join/${token}`, name)
  await page.getByRole('tab', { name: 'Terminal' }).click()
  await page.locator('.xterm-rows').first().waitFor()
  return { page, errors }
}

// A pipe is no terminal and makes no line of a carriage return: the line feed is typed as Ctrl+J.
async function typeLine(page: Page, line: string) {
  await page.keyboard.type(line)
  await page.keyboard.press('Control+j')
}
const own = (page: Page) => page.locator('.terminal').first()
const shared = (page: Page) => page.locator('.terminal:has(.follow-box)')
const choice = (page: Page) => own(page).getByLabel('Share this terminal with colleagues')

test(
  'a colleague sees who has which terminal, looks into one that is shared, and types in it while its owner lets them',
  async () => {
    const served = await world({ range: openShellRange().range })
    const anna = await roomOf(served.live.url, served.token('blue-red'), 'Anna')
    const peeter = await roomOf(served.live.url, served.token('blue-red'), 'Peeter')
    await own(anna.page).getByRole('button', { name: 'Go to the terminal' }).click()
    await typeLine(anna.page, 'echo before $((40+2))')
    await own(anna.page).getByText('before 42').first().waitFor()

    await peeter.page.getByText('Colleagues’ terminals: 1').click()
    await peeter.page.getByText('not shared', { exact: true }).waitFor()
    expect(await peeter.page.getByRole('button', { name: /^Look in/ }).count()).toBe(0)

    await choice(anna.page).selectOption({ label: 'Colleagues may look' })
    await peeter.page.getByText('shared: you may look').waitFor()
    await peeter.page.getByRole('button', { name: /^Look in: .*Anna/ }).click()
    await shared(peeter.page).getByText('before 42').first().waitFor()
    await peeter.page.getByText(/You see what .*Anna.* sees, and cannot type\./).waitFor()
    expect(await shared(peeter.page).getByRole('button', { name: 'Type too' }).count()).toBe(0)
    await own(anna.page)
      .getByText(/Looking in: .*Peeter/)
      .waitFor()
    // Beside their own, in which they go on.
    expect(await own(peeter.page).isVisible()).toBe(true)

    await choice(anna.page).selectOption({ label: 'Colleagues may type' })
    await shared(peeter.page).getByRole('button', { name: 'Type too' }).click()
    await own(anna.page)
      .getByText(/Typing too: .*Peeter/)
      .waitFor()
    await typeLine(peeter.page, 'echo from-peeter $((40+3))')
    await own(anna.page).getByText('from-peeter 43').first().waitFor()

    // A reload of either finds it as it was, but for the keyboard.
    await peeter.page.reload()
    await shared(peeter.page).getByText('from-peeter 43').first().waitFor()
    await anna.page.reload()
    await own(anna.page).getByText('from-peeter 43').first().waitFor()
    expect(await choice(anna.page).inputValue()).toBe('write')
    await shared(peeter.page).getByRole('button', { name: 'Type too' }).click()
    await own(anna.page)
      .getByText(/Typing too: .*Peeter/)
      .waitFor()

    await choice(anna.page).selectOption({ label: 'Not shared' })
    await peeter.page.getByText(/Anna.* no longer shares this terminal\./).waitFor()
    await typeLine(peeter.page, 'echo sneaked $((40+4))')
    await own(anna.page).getByRole('button', { name: 'Go to the terminal' }).click()
    await typeLine(anna.page, 'echo the-end $((40+5))')
    await own(anna.page).getByText('the-end 45').first().waitFor()
    expect(await own(anna.page).locator('.xterm-rows').innerText()).not.toContain('sneaked 44')
    expect(await shared(peeter.page).locator('.xterm-rows').innerText()).not.toContain('the-end')
    await peeter.page.getByRole('button', { name: 'Stop looking' }).click()
    await shared(peeter.page).waitFor({ state: 'detached' })
    expect([...anna.errors, ...peeter.errors]).toEqual([])
  },
  WITHIN_MS,
)
