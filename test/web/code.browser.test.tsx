import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { pilotOf } from '../../server/exercise/ledger/actor.ts'
import type { Recorded } from '../../server/exercise/ledger/events.ts'
import type { Audience } from '../../server/exercise/scenario/model.ts'
import type { Lang } from '../../server/exercise/scenario/words.ts'
import type { LooksSince } from '../../server/exercise/wire/sources.ts'
import { TeamPage } from '../../web/team-room/team-page.tsx'
import { demoScenario, demoTeams } from '../kit/demo-scenario.ts'
import { recordLedger } from '../kit/ledger.ts'
import { misplaced } from './boxes.ts'
import { recordedFeed, showPage, until, violations } from './recorded-feed.tsx'

const AT = 372_000
const TEAM = 'finland'
const ledger = recordLedger(AT, null, demoScenario, demoTeams)
const blue: Audience = { seat: 'blue', team: TEAM }

const START = `import { quoted } from './sql.ts'

/** Finds people by name. */
export async function search(name: string): Promise<string[]> {
  const limit = 50
  return db.query(\`select name from person where name = '\${name}' limit \${limit}\`)
}
`

/** Attacks that landed in the tax service, as the team knows them. */
const landed = ledger.flatMap((event) =>
  event.type === 'attack.landed' && event.data.team === TEAM && event.data.info?.service === 'tax'
    ? [event.data.attack]
    : [],
)

/** The server's side of the sources, in memory: what is there, and what a colleague does meanwhile. */
function openServer() {
  const now = new Map([
    ['search.ts', START],
    ['lib/sql.ts', 'export const quoted = (text: string) => text\n'],
    ['schema.sql', 'create table person (name text);\n'],
  ])
  const start = new Map(now)
  const asked: string[] = []
  let looks: LooksSince = { askedMs: null, journeys: [], attacks: [] }
  const hash = (text: string | undefined) => (text === undefined ? null : `hash of ${text}`)
  const answer = (body: object, status = 200) => new Response(JSON.stringify(body), { status })
  const real = window.fetch
  window.fetch = async (input, init = {}) => {
    const url = new URL(String(input), location.href)
    const path = url.pathname.replace(/^.*\/api\//, '')
    if (!path.includes('sources')) return real(input, init)
    const body = init.body ? (JSON.parse(String(init.body)) as Record<string, string | null>) : {}
    const name = body.path ?? url.searchParams.get('path') ?? ''
    if (init.method) asked.push(`${init.method} ${name}`)
    if (path.endsWith('/looks')) return answer(looks)
    if (path.endsWith('/texts'))
      return answer({ texts: [...now].map(([one, text]) => ({ path: one, text })), cut: false })
    if (path.endsWith('/restart')) return answer({ ok: true, running: true, said: '', cursor: 0 })
    if (path === 'sources') {
      const files = [...new Set([...now.keys(), ...start.keys()])].toSorted().map((one) => ({
        path: one,
        bytes: now.get(one)?.length ?? 0,
        change: !now.has(one)
          ? 'deleted'
          : !start.has(one)
            ? 'added'
            : now.get(one) === start.get(one)
              ? 'none'
              : 'changed',
        locked: false,
      }))
      return answer({
        files: [...files, { path: 'blob.bin', bytes: 9, change: 'added', locked: true }],
        cut: false,
      })
    }
    const there = now.get(name)
    if (init.method !== 'PUT')
      return answer({ text: there ?? null, hash: hash(there), start: start.get(name) ?? null })
    if (body.expected !== hash(there)) {
      const theirs = there === undefined ? null : { text: there, hash: hash(there) }
      return answer({ ok: false, refusal: { code: 'source-changed', message: '', params: {} }, theirs }, 409)
    }
    if (body.text == null) now.delete(name)
    else now.set(name, body.text)
    return answer({ ok: true, hash: hash(body.text ?? undefined) })
  }
  onTestFinished(() => {
    window.fetch = real
  })
  return {
    now,
    asked,
    look: (next: LooksSince) => {
      looks = next
    },
  }
}

beforeEach(() => sessionStorage.clear())

async function room(
  of: { lang?: Lang; theme?: 'dark' | 'light'; audience?: Audience; events?: readonly Recorded[] } = {},
) {
  const { lang = 'en', theme = 'dark', audience = blue, events = ledger } = of
  const hash = audience.seat === 'white' ? `#/instructor/${TEAM}/tax/code` : `#/team/${TEAM}/tax/code`
  const box = await showPage(<TeamPage team={TEAM} />, recordedFeed(events, audience, AT), {
    hash,
    lang,
    theme,
  })
  await until(() => box.querySelector('.code-tree [role=row]'))
  return box
}
const openFile = async (box: HTMLElement, name: string): Promise<HTMLElement> => {
  const row = await until(() =>
    [...box.querySelectorAll<HTMLElement>('.code-tree [role=row]')].find((one) =>
      one.textContent?.includes(name),
    ),
  )
  await userEvent.click(row.querySelector('.code-name') as HTMLElement)
  await until(() => box.querySelector('.cm-content')?.textContent)
  return box.querySelector('.cm-content') as HTMLElement
}
const button = (box: HTMLElement, words: string | RegExp) =>
  [...box.querySelectorAll<HTMLButtonElement>('.code button')].find((one) =>
    typeof words === 'string' ? one.textContent === words : words.test(one.textContent ?? ''),
  ) as HTMLButtonElement
const press = (keys: string) => userEvent.keyboard(keys)

describe('the editor of sources', () => {
  test('all files are searched by keyboard alone, and what is found opens at its line, in a tab of its own', async () => {
    const server = openServer()
    const box = await room()
    await openFile(box, 'search.ts')
    await press('{Control>}{Shift>}f{/Shift}{/Control}')
    const field = await until(() => box.querySelector<HTMLInputElement>('.code-search input[type=search]'))
    await until(() => document.activeElement === field)
    await press('quoted(text{Enter}')
    await until(() => box.querySelector('.code-search [role=status]')?.textContent === 'Nothing found.')
    await userEvent.fill(field, '(text: string)')
    await press('{Enter}')
    const line = await until(() => box.querySelector<HTMLElement>('.code-search li button'))
    expect(line.textContent).toContain('lib/sql.ts:1')
    await until(() => document.activeElement === line)
    await press('{Enter}')
    await until(() => document.activeElement?.getAttribute('aria-label')?.includes('lib/sql.ts'))
    const tabs = [...box.querySelectorAll('.code-tabs button')]
    expect(tabs.map((tab) => [tab.textContent, tab.getAttribute('aria-current')])).toEqual([
      ['search.ts', null],
      ['lib/sql.ts', 'true'],
    ])
    await press('x')
    await until(() => box.querySelector('.code-tabs [aria-current]')?.textContent?.includes('not saved'))
    expect(await violations(box)).toEqual([])
    // A text on which a pattern takes for ever holds up nobody.
    server.now.set('evil.ts', 'a'.repeat(5_000))
    await userEvent.fill(field, '(a+)+$b')
    await userEvent.click(box.querySelector('.code-search-how input') as HTMLElement)
    await userEvent.click(field)
    await press('{Enter}')
    await expect
      .poll(() => box.querySelector('.code-search .refusal')?.textContent, { timeout: 9_000 })
      .toContain('takes too long')
  })

  test('is worked by keyboard alone: tree, text, save, restart and verify, and out again by Escape', async () => {
    const server = openServer()
    const box = await room()
    const first = box.querySelector<HTMLElement>('.code-tree [role=row]')
    first?.focus()
    // lib, lib/sql.ts, blob.bin (locked), schema.sql, search.ts
    await press('{End}{Enter}')
    const text = await until(() => box.querySelector<HTMLElement>('.cm-content'))
    await until(() => document.activeElement === text)
    expect(text.getAttribute('aria-label')).toContain('search.ts')
    await press('{Control>}{Home}{/Control}// mine{Enter}')
    expect(button(box, 'Save').disabled).toBe(false)
    await until(() => box.querySelector('.code-tree')?.textContent?.includes('not saved'))
    await press('{Control>}s{/Control}')
    await until(() => server.now.get('search.ts')?.startsWith('// mine\n'))
    await until(() => box.querySelector('.code-tree')?.textContent?.includes('changed'))
    server.look({
      askedMs: AT,
      journeys: [{ journey: 'main', looked: false }],
      attacks: [],
    })
    await press('{Control>}{Enter}{/Control}')
    await until(() => server.asked.includes('POST '))
    await until(() => box.querySelector('.code-answer section')?.textContent?.includes('being checked'))
    // Tab makes two spaces; Escape first, then it goes on.
    expect(document.activeElement).toBe(text)
    await press('{Escape}')
    expect(box.querySelector('.code-head')?.contains(document.activeElement)).toBe(true)
    // And the keys hold there as well.
    server.asked.length = 0
    await press('{Control>}{Enter}{/Control}')
    await until(() => server.asked.includes('POST '))
  })

  test('undo goes back to what was there, and then nothing is unsaved', async () => {
    openServer()
    const box = await room()
    await openFile(box, 'schema.sql')
    await press('x')
    expect(button(box, 'Save').disabled).toBe(false)
    await press('{Control>}z{/Control}')
    await until(() => button(box, 'Save').disabled)
    expect(Object.values(sessionStorage).some((text) => String(text).includes('create table'))).toBe(false)
  })

  test('what is not saved outlives a reload, and a colleague who was faster is shown beside it; nothing is lost', async () => {
    const server = openServer()
    const before = await room()
    await openFile(before, 'schema.sql')
    await press('{Control>}{Home}{/Control}-- mine{Enter}')
    before.remove()
    const box = await room()
    // The file that was open is so again.
    await until(() => box.querySelector('.cm-content')?.textContent)
    expect(box.querySelector('.cm-content')?.textContent).toContain('-- mine')
    server.now.set('schema.sql', 'create table theirs (n int);\n')
    await press('{Control>}s{/Control}')
    const alert = await until(() => box.querySelector('.code-conflict'))
    expect(alert.textContent).toContain('Somebody has changed schema.sql')
    expect(server.now.get('schema.sql')).toBe('create table theirs (n int);\n')
    const shown = await until(() => box.querySelector('.cm-deletedChunk') && box.querySelector('.cm-content'))
    expect(shown.textContent).toContain('-- mine')
    expect(shown.textContent).toContain('create table theirs')
    expect(await violations(box)).toEqual([])
    await userEvent.click(button(box, 'Save mine over it'))
    await until(() => server.now.get('schema.sql')?.startsWith('-- mine'))
    expect(box.querySelector('.code-conflict')).toBeNull()
  })

  test('compares with the start, and puts a difference back', async () => {
    const server = openServer()
    server.now.set('search.ts', START.replace('= 50', '= 5000'))
    const box = await room()
    await openFile(box, 'search.ts')
    await userEvent.click(button(box, 'Compare with the start'))
    const back = await until(() => box.querySelector<HTMLElement>('.cm-chunkButtons button:not([hidden])'))
    expect(back.textContent).toBe('Put back')
    expect(await violations(box)).toEqual([])
    await userEvent.click(back)
    await until(() => !box.querySelector('.cm-deletedChunk'))
    await press('{Control>}s{/Control}')
    await until(() => server.now.get('search.ts') === START)
  })

  test('a new file is made when it is saved; no path leads out', async () => {
    const server = openServer()
    const box = await room()
    const path = await until(() => box.querySelector<HTMLInputElement>('.code-new input'))
    await userEvent.fill(path, '../escape.ts')
    await press('{Enter}')
    expect((await until(() => box.querySelector('.code-new .refusal'))).textContent).toContain('A path has')
    await userEvent.fill(path, 'lib/new.ts')
    await press('{Enter}')
    await until(() => document.activeElement?.classList.contains('cm-content'))
    await press('export * from x{Control>}s{/Control}')
    await until(() => server.now.get('lib/new.ts') === 'export * from x')
  })

  test('in a pause a team reads only; white may help, and is told that it is recorded', async () => {
    openServer()
    const last = ledger.at(-1) as Recorded
    const paused = {
      ...last,
      type: 'exercise.paused',
      version: 2,
      position: last.position + 1,
      data: { by: pilotOf(TEAM), reason: '' },
    } as Recorded
    const box = await room({ events: [...ledger, paused] })
    const text = await openFile(box, 'schema.sql')
    expect(text.getAttribute('aria-readonly')).toBe('true')
    await press('x{Control>}s{/Control}')
    expect(text.textContent).not.toContain('xcreate')
    expect(box.querySelector('.code-note')?.textContent).toContain('Time stands still')
    box.remove()
    const helped = await room({ events: [...ledger, paused], audience: { seat: 'white' } })
    expect(helped.querySelector('.code-note')?.textContent).toContain('recorded with your name')
  })

  test.each([
    ['en', 'dark', 1920, 1080],
    ['et', 'light', 1366, 768],
    ['ja', 'dark', 390, 844],
    ['ja', 'light', 1366, 768],
    ['et', 'dark', 390, 844],
  ] as const)('is whole and accessible: %s, %s, %i x %i', async (lang, theme, width, height) => {
    const server = openServer()
    server.now.set('search.ts', START.replace('= 50', '= 5000'))
    server.look({
      askedMs: AT - 5_000,
      journeys: [
        { journey: 'alive', looked: true },
        { journey: 'main', looked: false },
      ],
      attacks: landed.map((attack) => ({ attack, looked: true })),
    })
    await page.viewport(width, height)
    const box = await room({ lang, theme })
    await openFile(box, 'search.ts')
    await userEvent.click(box.querySelectorAll<HTMLElement>('.code-head button')[2] as HTMLElement)
    await until(() => box.querySelector('.cm-deletedChunk'))
    expect(await violations(box)).toEqual([])
    expect(misplaced(box)).toEqual([])
    await page.viewport(1280, 800)
  })
})
