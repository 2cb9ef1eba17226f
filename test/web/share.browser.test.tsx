import { beforeEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { Actor } from '../../server/exercise/ledger/actor.ts'
import { LANGS, type Lang } from '../../server/exercise/scenario/words.ts'
import { THEMES, type Theme } from '../../web/app/route.ts'
import type { FeedSocket } from '../../web/feed/connect.ts'
import { TeamPage } from '../../web/team-room/team-page.tsx'
import { blue, white } from '../kit/actors.ts'
import { continued, recordLedger } from '../kit/ledger.ts'
import { recordedFeed, showPage, until, violations } from './recorded-feed.tsx'

const AT = 372_000
const team = 'finland'
const named = (by: Actor, name: string): Actor => ({ ...by, name }) as Actor
const [anna, peeter, mari] = [named(blue(), 'Anna'), named(blue(), 'Peeter'), named(white(), 'Mari')]
const ledger = continued(recordLedger(AT), AT, [
  ['open-terminal', { team, service: 'tax', terminal: 'mine' }, peeter],
  ['open-terminal', { team, service: 'tax', terminal: 'hers' }, anna],
  ['open-terminal', { team, service: 'portal', terminal: 'closed' }, named(blue(), '<b>Jaan</b>')],
  ['share-terminal', { team, terminal: 'mine', access: 'look' }, peeter],
  ['share-terminal', { team, terminal: 'hers', access: 'write' }, anna],
  ['follow-terminal', { team, terminal: 'mine', follow: 'f1' }, anna],
  ['follow-terminal', { team, terminal: 'mine', follow: 'f2' }, mari],
  ['follow-terminal', { team, terminal: 'hers', follow: 'f3' }, named(blue(), 'Kati')],
  ['help-terminal', { team, follow: 'f3', helps: true }, named(blue(), 'Kati')],
])

/** A socket without a server: this page's terminal is `mine`, whoever looks in follows as `f9`. */
function fakeSocket() {
  const sent: (readonly unknown[])[] = []
  const heard = new Map<string, (...args: unknown[]) => void>()
  const answers: Record<string, unknown> = {
    'terminal-open': { ok: true, terminal: 'mine', typed: 0 },
    'terminal-share': { ok: true },
    'follow-begin': { ok: true, follow: 'f9' },
    'follow-help': { ok: true, follow: 'f9' },
  }
  const socket = {
    connected: true,
    io: { on: () => undefined, off: () => undefined },
    on: (name: string, call: (...args: unknown[]) => void) => {
      heard.set(name, call)
      return socket
    },
    off: () => socket,
    timeout: () => socket,
    emitWithAck: async (name: string) => answers[name],
    emit: (...message: readonly unknown[]) => {
      sent.push(message.filter((part) => typeof part !== 'function'))
      const reply = message.at(-1)
      if (typeof reply === 'function') reply(null, answers[String(message[0])])
    },
  }
  return {
    sent,
    hear: (name: string, ...args: unknown[]) => heard.get(name)?.(...args),
    socket: socket as unknown as FeedSocket,
  }
}

async function terminals(lang: Lang = 'en', theme: Theme = 'dark') {
  const fake = fakeSocket()
  const feed = { ...recordedFeed(ledger, { seat: 'blue', team }, AT), socket: fake.socket }
  const box = await showPage(<TeamPage team={team} />, feed, { hash: `#/team/${team}`, lang, theme })
  const isTab = ({ textContent }: Element) => /^(Terminal|ターミナル)/.test(textContent)
  const tab = await until(() => [...box.querySelectorAll<HTMLElement>('[role=tab]')].find(isTab))
  tab.click()
  await until(() => box.querySelector('.share-choice'))
  const list = await until(() => box.querySelector<HTMLDetailsElement>('.colleague-terminals'))
  return { ...fake, box, list }
}

async function lookIn(at: Awaited<ReturnType<typeof terminals>>) {
  at.list.open = true
  at.list.querySelector<HTMLButtonElement>('button')?.click()
  const pane = await until(
    () => at.box.querySelector('.follow-box .xterm')?.closest<HTMLElement>('.follow-box')?.parentElement,
  )
  const bytes = new TextEncoder().encode('root@tax:/srv/app# git diff\r\n')
  at.hear('follow-screen', 'f9', { cols: 80, rows: 24, bytes })
  await until(() => pane.textContent.includes('git diff'))
  return until(() => pane.querySelector('.terminal-head'))
}

beforeEach(() => sessionStorage.clear())

test('colleagues’ terminals are listed with what one may do there, one’s own is not; names are text', async () => {
  const { list, box } = await terminals()
  expect(list.querySelector('summary')?.textContent).toBe('Colleagues’ terminals: 2')
  const rows = [...list.querySelectorAll('li')]
  expect(rows.map((row) => row.querySelectorAll('button').length)).toEqual([1, 0])
  expect(rows[0]?.textContent).toMatch(/Anna.* in Tax filing.*you may look and type.*Typing too: .*Kati/)
  expect(rows[1]?.textContent).toMatch(/<b>Jaan<\/b>.*not shared/)
  // An instructor stands apart from colleagues at one's own.
  expect(box.querySelector('.terminal-head .followed-by')?.textContent).toMatch(
    /An instructor is following: .*Mari.*Looking in: .*Anna/,
  )
})

test('the choice shows what is on record, and asks for another', async () => {
  const { box, sent } = await terminals()
  const select = await until(() => box.querySelector<HTMLSelectElement>('.share-choice select'))
  expect(select.value).toBe('look')
  await page.elementLocator(select).selectOptions('nobody')
  expect(sent).toContainEqual(['terminal-share', 'mine', 'nobody'])
  expect(select.value).toBe('look')
})

test('who is let in types on demand; the keyboard is gone at once when it is taken back, and so is the screen', async () => {
  const at = await terminals()
  const pane = await lookIn(at)
  await page.getByRole('button', { name: 'Type too' }).click()
  await expect.poll(() => pane.textContent).toMatch(/You and .*Anna.* both type here/)
  at.hear('follow-keyless', 'another')
  expect(pane.textContent).toContain('Stop typing')
  at.hear('follow-keyless', 'f9')
  await expect.poll(() => pane.textContent).toMatch(/You see what .*Anna.* sees/)
  at.hear('follow-ended', 'f9', 'taken-back')
  await expect.poll(() => pane.textContent).toMatch(/Anna.* no longer shares this terminal\./)
  await page.getByRole('button', { name: 'Look in again' }).click()
  expect(at.sent.filter(([name]) => name === 'follow-begin')).toHaveLength(2)
  await page.getByRole('button', { name: 'Stop looking' }).click()
  expect(at.sent.at(-1)).toEqual(['follow-end', 'f9'])
  await expect.poll(() => at.box.querySelector('.follow-box')).toBeNull()
})

test.each(LANGS.flatMap((lang) => THEMES.map((theme) => [lang, theme] as const)))(
  'list, choice and a terminal looked into can be used by everybody: %s, %s',
  async (lang, theme) => {
    await page.viewport(1366, 768)
    const at = await terminals(lang, theme)
    await lookIn(at)
    at.list.open = true
    expect(await violations(at.box)).toEqual([])
    await page.screenshot({ path: `../../.vitest/share-list-${lang}-${theme}.png` })
    at.list.open = false
    for (const [width, height] of [
      [1920, 1080],
      [1366, 768],
      [390, 844],
    ] as const) {
      await page.viewport(width, height)
      await expect.poll(() => document.documentElement.scrollWidth).toBeLessThanOrEqual(width)
      await page.screenshot({ path: `../../.vitest/share-${width}-${lang}-${theme}.png` })
    }
    await page.viewport(1366, 768)
  },
)
