import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openShellRange } from '../live/process-terminal.ts'
import { builtPages, joinBy, openWay } from './built-pages.ts'

const { openWindow, world } = builtPages()
/** Two windows each, and a machine that may do a lot besides. */
const WITHIN_MS = 150_000

/** A team's room with a terminal open, and the way to type a line there. */
async function teamPage(url: string, token: string) {
  const { page, errors } = await openWindow()
  await joinBy(page, `${url}/#/join/${token}`, 'Anna')
  await page.getByRole('tab', { name: 'Terminal' }).click()
  await page.locator('.xterm-rows').waitFor()
  const typeLine = async (line: string) => {
    await page.getByRole('button', { name: 'Go to the terminal' }).click()
    // A pipe is no terminal and makes no line of a carriage return: the line feed is typed as Ctrl+J.
    await page.keyboard.type(line)
    await page.keyboard.press('Control+j')
  }
  return { page, errors, typeLine }
}

/** The instructor's console, from which the first open terminal is followed. */
async function followPage(url: string, token: string) {
  const { page, errors } = await openWindow()
  await joinBy(page, `${url}/#/join/${token}`, 'Mari')
  await page.getByRole('tab', { name: 'Terminals' }).click()
  await page.getByRole('button', { name: /^Follow: / }).click()
  await page.getByText('You see what the team sees, and cannot type.').waitFor()
  return { page, errors }
}

const shows = (page: Page, text: string) => page.getByText(text).first().waitFor()
const shown = (page: Page) => page.locator('.xterm-rows').innerText()

test(
  'white sees what a team’s terminal shows, then types in it too; the team reads by whom, and when it is over',
  async () => {
    const served = await world({ range: openShellRange().range })
    const team = await teamPage(served.live.url, served.token('blue-red'))
    await team.typeLine('echo before $((40+2))')
    await shows(team.page, 'before 42')
    const white = await followPage(served.live.url, served.token('white'))
    await shows(white.page, 'before 42')
    await team.page.getByText('An instructor is following: ').waitFor()
    expect(await team.page.locator('.followed-by').innerText()).toContain('Mari')

    // Read-only: nothing gets there, and Tab goes on to the buttons.
    await white.page.locator('.follow-box textarea').focus()
    await white.page.keyboard.type('echo sneaked $((1+1))')
    await white.page.keyboard.press('Control+j')
    await white.page.keyboard.press('Tab')
    expect(await white.page.locator(':focus').innerText()).toBe('Help: type too')
    await white.page.keyboard.press('Enter')
    await team.page.getByText('An instructor is helping: ').waitFor()
    await white.page.getByText('You and the team both type here.').waitFor()
    await white.page.keyboard.type('echo from-white $((40+3))')
    await white.page.keyboard.press('Control+j')
    await shows(team.page, 'from-white 43')
    await team.typeLine('echo from-blue $((40+4))')
    await shows(white.page, 'from-blue 44')
    expect(await shown(team.page)).not.toContain('sneaked')

    // Escape belongs to the shell; the way out is another.
    await white.page.keyboard.press('Escape')
    await white.page.keyboard.press('Control+Shift+Enter')
    expect(await white.page.locator(':focus').innerText()).toBe('Stop following')
    await white.page.keyboard.press('Enter')
    await white.page.locator('.follow-box').waitFor({ state: 'detached' })
    await team.page.getByText('An instructor is helping: ').waitFor({ state: 'detached' })
    expect([...team.errors, ...white.errors]).toEqual([])
  },
  WITHIN_MS,
)

test(
  'a follow that lost its connection begins anew, without the keyboard; it ends when the shell does',
  async () => {
    const served = await world({ range: openShellRange().range })
    const way = await openWay(served.live.url)
    const team = await teamPage(served.live.url, served.token('blue-red'))
    const white = await followPage(way.url, served.token('white'))
    await white.page.getByRole('button', { name: 'Help: type too' }).click()
    await white.page.getByText('You and the team both type here.').waitFor()
    way.cut()
    await white.page.getByText('No connection: you do not follow now.').waitFor()
    await team.typeLine('echo meanwhile $((40+2))')
    await white.page.getByText('You see what the team sees, and cannot type.').waitFor({ timeout: 15_000 })
    await shows(white.page, 'meanwhile 42')
    await team.page.getByText('An instructor is following: ').waitFor()
    await team.typeLine('exit')
    await white.page.getByText('The terminal is closed: the shell has ended.').waitFor()
  },
  WITHIN_MS,
)
