import { beforeEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { type Actor, pilotOf } from '../../server/exercise/ledger/actor.ts'
import type { Audience } from '../../server/exercise/scenario/model.ts'
import { LANGS } from '../../server/exercise/scenario/words.ts'
import type { FollowReply } from '../../server/exercise/wire/protocol.ts'
import { THEMES } from '../../web/app/route.ts'
import type { FeedSocket } from '../../web/feed/connect.ts'
import { InstructorPage } from '../../web/instructor/instructor-page.tsx'
import { useConsoleTab } from '../../web/msel/console-tab.ts'
import { TeamPage } from '../../web/team-room/team-page.tsx'
import { blue, white } from '../kit/actors.ts'
import { continued, recordLedger } from '../kit/ledger.ts'
import { recordedFeed, showPage, until, violations } from './recorded-feed.tsx'

const AT = 372_000
const team = 'finland'
const storm = recordLedger(AT)
const named = (by: Actor, name: string): Actor => ({ ...by, name }) as Actor
const mari = named(white(), '<b>Mari</b>')
const opened = continued(storm, AT, [
  ['open-terminal', { team, service: 'tax', terminal: 't1' }, named(blue(), 'Anna')],
  ['open-terminal', { team, service: 'portal', terminal: 't2' }, pilotOf(team)],
])
const followed = continued(opened, AT, [
  ['follow-terminal', { team, terminal: 't1', follow: 'f1' }, mari],
  ['follow-terminal', { team, terminal: 't1', follow: 'f2' }, mari],
  ['follow-terminal', { team, terminal: 't1', follow: 'f3' }, named(white(), 'Jaan')],
  ['help-terminal', { team, follow: 'f2', helps: true }, mari],
])

const whiteSeat: Audience = { seat: 'white' }
const of = (hash: string, lang: (typeof LANGS)[number] = 'en', theme: (typeof THEMES)[number] = 'dark') => ({
  ...{ hash, lang, theme },
})
const consoleOf = (feed: ReturnType<typeof recordedFeed>, look = of('#/instructor')) => {
  useConsoleTab.getState().open('terminals')
  return showPage(<InstructorPage />, feed, look)
}

/** A socket without a server: answers one who begins to follow, and remembers what it was sent. */
function fakeSocket(answer: FollowReply) {
  const sent: (readonly unknown[])[] = []
  const heard = new Map<string, (...args: unknown[]) => void>()
  const socket = {
    connected: true,
    io: { on: () => undefined, off: () => undefined },
    on: (name: string, call: (...args: unknown[]) => void) => heard.set(name, call),
    off: (name: string) => heard.delete(name),
    timeout: () => socket,
    emit: (...message: readonly unknown[]) => {
      sent.push(message.filter((part) => typeof part !== 'function'))
      const reply = message.at(-1)
      if (typeof reply === 'function') reply(null, answer)
    },
  }
  return {
    sent,
    hear: (name: string, ...args: unknown[]) => heard.get(name)?.(...args),
    socket: socket as unknown as FeedSocket,
  }
}

beforeEach(() => sessionStorage.clear())

test('white sees which terminals are open, by whom, and who follows; an autopilot’s is not to be followed', async () => {
  const box = await consoleOf(recordedFeed(followed, whiteSeat, AT))
  await until(() => box.querySelector('.open-terminals li'))
  const rows = [...box.querySelectorAll('.open-terminals li')]
  expect(rows.map((row) => row.querySelectorAll('button').length)).toEqual([1, 0])
  expect(rows[0]?.textContent).toContain('Tax filing')
  expect(rows[0]?.textContent).toMatch(/Anna.*, since 6:12/)
  // One line for a person in two pages; their name is text.
  expect(box.querySelector('.followed-by')?.textContent).toMatch(
    /^An instructor is helping: .?<b>Mari<\/b>.?An instructor is following: .?Jaan.?$/,
  )
})

test.each(LANGS.flatMap((lang) => THEMES.map((theme) => [lang, theme] as const)))(
  'list, sheet and the team’s mark can be used by everybody: %s, %s',
  async (lang, theme) => {
    const { socket, hear } = fakeSocket({ ok: true, follow: 'f9' })
    const feed = { ...recordedFeed(followed, whiteSeat, AT), socket }
    const box = await consoleOf(feed, of('#/instructor', lang, theme))
    expect(await violations(box)).toEqual([])
    box.querySelector<HTMLButtonElement>('.open-terminals button')?.click()
    const sheet = await until(() =>
      document.querySelector<HTMLElement>('.follow-sheet .xterm')?.closest('.veil'),
    )
    hear('follow-screen', 'f9', { cols: 80, rows: 24, bytes: new TextEncoder().encode('root@tax:~# ') })
    await until(() => sheet.textContent?.includes('root@tax'))
    expect(await violations(sheet as HTMLElement)).toEqual([])
  },
)

test('the team’s room says at the terminals that one is followed; another team’s does not', async () => {
  const own = recordedFeed(followed, { seat: 'blue', team }, AT)
  const box = await showPage(<TeamPage team={team} />, own, of(`#/team/${team}`))
  expect(box.querySelector('.followed-mark')?.textContent).toBe('an instructor follows a terminal')
  expect(box.querySelector('.open-terminals')).toBeNull()
  expect(await violations(box)).toEqual([])
  const estonia = recordedFeed(followed, { seat: 'blue', team: 'estonia' }, AT)
  const other = await showPage(<TeamPage team="estonia" />, estonia, of('#/team/estonia'))
  expect(other.querySelector('.followed-mark')).toBeNull()
})

test('in the team’s room white finds the terminals of a service; the way back out ends the follow', async () => {
  const { socket, sent, hear } = fakeSocket({ ok: true, follow: 'f9' })
  const feed = { ...recordedFeed(opened, whiteSeat, AT), socket }
  const box = await showPage(<TeamPage team={team} />, feed, of(`#/instructor/${team}`))
  await page.getByRole('button', { name: /^Tax filing/ }).click()
  await page.getByRole('button', { name: /^Follow: / }).click()
  await until(() => document.querySelector('.follow-sheet .xterm'))
  expect(sent).toContainEqual(['follow-begin', { team, terminal: 't1' }])
  const bytes = new TextEncoder().encode('x'.repeat(100))
  hear('follow-screen', 'another', { cols: 80, rows: 24, bytes })
  hear('follow-screen', 'f9', { cols: 80, rows: 24, bytes })
  hear('follow-data', 'f9', bytes)
  // A page that is wider than this one is reached by scrolling.
  hear('follow-size', 'f9', 400, 24)
  const mirror = await until(() => document.querySelector('.follow-box'))
  await until(() => mirror.scrollWidth > mirror.clientWidth)
  expect(getComputedStyle(mirror).overflowX).toBe('auto')
  await expect.poll(() => sent.at(-1)).toEqual(['follow-ack', 'f9', 200])
  await page.getByRole('button', { name: 'Stop following' }).click()
  await expect.poll(() => sent.at(-1)).toEqual(['follow-end', 'f9'])
  expect(document.querySelector('.follow-sheet')).toBeNull()
  expect(await violations(box)).toEqual([])
})

test.each([
  ['en', '4 pages of instructors follow this terminal already. One of them must stop first.'],
  ['et', 'Üks neist peab enne lõpetama.'],
  ['ja', 'どれかを終えてください。'],
] as const)('a refusal is said in %s, and there is nothing to help in', async (lang, words) => {
  const refusal = { code: 'too-many-followers', message: 'no', params: { max: 4 } }
  const { socket } = fakeSocket({ ok: false, refusal })
  const box = await consoleOf({ ...recordedFeed(opened, whiteSeat, AT), socket }, of('#/instructor', lang))
  box.querySelector<HTMLButtonElement>('.open-terminals button')?.click()
  const alert = await until(() => document.querySelector('.follow-sheet [role=alert]'))
  expect(alert.textContent).toContain(words)
  expect(document.querySelectorAll('.follow-sheet .modal-buttons button')).toHaveLength(1)
})
