import { createHash } from 'node:crypto'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openShellRange } from '../live/process-terminal.ts'
import { builtPages, joinBy, openWay } from './built-pages.ts'

const { openWindow, world } = builtPages()

async function openTerminal(
  page: Page,
  url: string,
  token: string,
): Promise<(line: string) => Promise<void>> {
  await joinBy(page, `${url}/#/join/${token}`)
  await page.getByRole('tab', { name: 'Terminal' }).click()
  await page.locator('.xterm-rows').waitFor()
  return async (line) => {
    await page.getByRole('button', { name: 'Go to the terminal' }).click()
    // A pipe is no terminal and makes no line of a carriage return: the line feed is typed as Ctrl+J.
    await page.keyboard.type(line)
    await page.keyboard.press('Control+j')
  }
}

/** Pastes as a person does: the browser hands the text over in an event. */
const paste = (page: Page, text: string) =>
  page.locator('.xterm textarea').evaluate((area, pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', pasted)
    area.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)

/** What comes of a paste in a terminal, where a new line is a carriage return. */
const md5 = (text: string) => createHash('md5').update(text.replaceAll('\n', '\r')).digest('hex')
const line = 'a line of 60 letters with "quotes", õ, 漢字 and an emoji: 🫠\n'

test('a paste of half a megabyte arrives, whole and in order, and the feed stays', async () => {
  const served = await world({ range: openShellRange().range })
  const { page, errors } = await openWindow()
  const typeLine = await openTerminal(page, served.live.url, served.token('blue-red'))
  const text = line.repeat(8_000)
  await typeLine(`head -c ${Buffer.byteLength(text)} | md5sum; echo pasted`)
  await paste(page, text)
  await page.getByText(/characters are still to be sent/).waitFor()
  await page.getByText(md5(text)).first().waitFor({ timeout: 30_000 })
  await page.getByText(/characters are still to be sent/).waitFor({ state: 'detached' })
  expect(await page.locator('.pulse').textContent()).toBe('Live')
  expect(await page.getByText(/could not be sent/).count()).toBe(0)
  expect(await page.getByText('What is shown here is recorded.').isVisible()).toBe(true)
  expect(errors).toEqual([])
})

test('a paste goes on where it was after the connection broke, and so does what was typed meanwhile', async () => {
  const served = await world({ range: openShellRange().range })
  const way = await openWay(served.live.url)
  const { page } = await openWindow()
  const typeLine = await openTerminal(page, way.url, served.token('blue-red'))
  const text = line.repeat(8_000)
  const rest = 'typed while nobody was there'
  await typeLine(`head -c ${Buffer.byteLength(text) + rest.length} | md5sum`)
  await paste(page, text)
  for (let broken = 0; broken < 3; broken += 1) {
    await page.waitForTimeout(120)
    way.cut()
    await page.getByText('No connection. What you type is kept').waitFor()
    if (broken === 0) await page.keyboard.type(rest)
    await page
      .getByText('No connection. What you type is kept')
      .waitFor({ state: 'detached', timeout: 15_000 })
  }
  await page
    .getByText(md5(text + rest))
    .first()
    .waitFor({ timeout: 30_000 })
})

test('whoever opens the terminal is in it, and arrow keys walk along the tabs past it', async () => {
  const served = await world({ range: openShellRange().range })
  const { page } = await openWindow()
  await joinBy(page, `${served.live.url}/#/join/${served.token('blue-red')}`)
  const focused = () => page.evaluate(() => document.activeElement?.className ?? '')
  await page.getByRole('tab', { name: 'Terminal' }).click()
  await page.locator('.xterm-rows').waitFor()
  await page.waitForTimeout(300)
  expect(await focused()).toContain('xterm')
  await page.getByRole('tab', { name: 'Overview' }).click()
  const tab = () => page.evaluate(() => document.activeElement?.textContent ?? '')
  const all = await page.getByRole('tab').allTextContents()
  for (const name of all.slice(1)) {
    await page.keyboard.press('ArrowRight')
    await expect.poll(tab).toBe(name)
    // However narrow the row is, the one that has the keyboard is in sight.
    // The row scrolls within the next frame.
    const inSight = () =>
      page.evaluate(() => {
        const row = document.querySelector('.room-middle .tabs')?.getBoundingClientRect()
        const at = document.activeElement?.getBoundingClientRect()
        return row !== undefined && at !== undefined && at.left >= row.left - 1 && at.right <= row.right + 1
      })
    await expect.poll(inSight, { message: name }).toBe(true)
  }
  for (const name of all.slice(all.indexOf('Terminal'), -1).toReversed()) {
    await page.keyboard.press('ArrowLeft')
    await expect.poll(tab).toBe(name)
  }
  await page.keyboard.press('Enter')
  await page.locator('.xterm-rows').waitFor()
  await expect.poll(focused).toContain('xterm')
})

test('what could not be sent because the shell ended is said', async () => {
  const served = await world({ range: openShellRange().range })
  const { page } = await openWindow()
  const typeLine = await openTerminal(page, served.live.url, served.token('blue-red'))
  await typeLine('sleep 3; exit')
  await paste(page, line.repeat(20_000))
  await page.getByText('The terminal is closed: the shell has ended.').waitFor({ timeout: 10_000 })
  await page.getByText(/^[\d,]+ characters could not be sent\.$/).waitFor()
})

test('text that comes without a key arrives once: an emoji twice over, a dictated sentence, a composed word, a key', async () => {
  const served = await world({ range: openShellRange().range })
  const { page } = await openWindow()
  const typeLine = await openTerminal(page, served.live.url, served.token('blue-red'))
  await typeLine('read -r said; echo "[$said]"')
  await page.keyboard.insertText('🫠')
  await page.keyboard.insertText('🫠')
  await page.keyboard.type('aA ')
  await page.keyboard.insertText('dictated words ')
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 })
  await devtools.send('Input.insertText', { text: '日本' })
  await page.waitForTimeout(100)
  await page.keyboard.press('Control+j')
  await page.getByText('[🫠🫠aA dictated words 日本]').first().waitFor({ timeout: 5_000 })
})
