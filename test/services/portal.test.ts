import { expect, test } from 'vitest'
import type { XroadCall, XroadClient } from '../../infra/services/kit/xroad-client.ts'
import { noticePage } from '../../infra/services/portal/src/mailbox-pages.ts'
import { type Notice, readNotice } from '../../infra/services/portal/src/notices.ts'
import { usageOf } from '../../infra/services/portal/src/tracker.ts'
import { trackerPage } from '../../infra/services/portal/src/tracker-pages.ts'

const PARENT = '48001010022'
const CHILD = '62001010011'
const GROWN = '50001010033'
const STRANGER = '37605030299'

const usage = {
  logtime: '2026-11-23T10:00:00.000Z',
  action: 'Looked up',
  receiverCode: '70000005',
  receiverName: 'Town',
  receiverSystem: 'municipality',
}

/** X-Road with two registers; `silent` names those that fail, and how. */
function xroad(asked: XroadCall[], silent: Readonly<Record<string, 'error' | 'refused'>> = {}): XroadClient {
  return async (call) => {
    asked.push(call)
    const how = silent[call.service]
    if (how === 'refused') throw new Error('connect ECONNREFUSED')
    const relatives = [
      { code: CHILD, given: 'A', family: 'B', birth: '2020-01-01', tie: 'child' },
      { code: GROWN, given: 'C', family: 'B', birth: '2000-01-01', tie: 'child' },
    ]
    const body = call.service === 'population/persons' ? { relatives } : { totalUsages: 1, usages: [usage] }
    return {
      status: how ? 500 : 200,
      xroadError: how ? 'Server.ServerProxy.NetworkError' : null,
      headers: {},
      body: Buffer.alloc(0),
      json: () => body,
    }
  }
}

test('people see who looked at their own data and that of children under age, and of nobody else', async () => {
  const ask = (of: string) => usageOf(xroad([]), PARENT, of, { lang: 'en' })
  expect(await ask(PARENT)).toHaveLength(2)
  expect(await ask(CHILD)).toHaveLength(2)
  expect(await ask(GROWN)).toBeNull()
  expect(await ask(STRANGER)).toBeNull()
})

test('no mandate can be shown while the population register is silent', async () => {
  for (const how of ['error', 'refused'] as const) {
    const asked: XroadCall[] = []
    expect(
      await usageOf(xroad(asked, { 'population/persons': how }), PARENT, CHILD, { lang: 'en' }),
    ).toBeNull()
    expect(asked.map(({ service }) => service)).toEqual(['population/persons'])
  }
})

test('each register is asked in the citizen’s name, and one that fails is never shown as empty', async () => {
  for (const how of ['error', 'refused'] as const) {
    const asked: XroadCall[] = []
    const client = xroad(asked, { 'tax/findUsage': how })
    const registers = await usageOf(client, PARENT, PARENT, { lang: 'en', from: '2026-11-23T09:00:00Z' })
    expect(asked.map(({ user }) => user)).toEqual([PARENT, PARENT])
    expect(asked[0]?.path).toContain('periodStart=2026-11-23T09%3A00%3A00Z')
    expect(registers?.map(({ answer }) => answer.asked)).toEqual([true, false])
    const session = { code: PARENT, name: 'P', csrf: 'c' }
    const page = String(await trackerPage({ lang: 'en', session, official: false }, PARENT, registers ?? []))
    const [, population = '', tax = ''] = page.split('<h2>')
    expect(population).toContain('Looked up')
    expect(tax).toContain('could not be asked')
    expect(tax).not.toContain('Nobody has looked')
  }
})

test('a letter is shown as words, whatever is in it', async () => {
  const notice: Notice = {
    id: 1,
    sender: '70000005',
    subject: '<i>x</i>',
    body: `1 < 2 & "3"\n<script src="/mailbox/2/attachment"></script>`,
    attachmentName: '"><img>',
    sentAt: new Date(),
    readAt: null,
  }
  const reader = {
    lang: 'et',
    session: { code: PARENT, name: "<O'Connor>", csrf: '"' },
    official: false,
  } as const
  const page = String(await noticePage(reader, notice))
  expect(page).toContain('<p>1 &lt; 2 &amp; &quot;3&quot;</p>')
  for (const bad of ['<script', '<img', '<i>', "<O'"]) expect(page).not.toContain(bad)
})

test('an authority’s letter is taken whole or refused with the reason', () => {
  const letter = { code: PARENT, subject: 'Otsus', body: 'Tere' }
  expect(readNotice(letter, '70000005')).toMatchObject({ ...letter, sender: '70000005', attachment: null })
  const attachment = { name: 'otsus õ.pdf', type: 'application/pdf', content: 'AAEC' }
  expect(readNotice({ ...letter, attachment }, 's')).toMatchObject({
    attachment: { name: 'otsus õ.pdf', content: Buffer.from([0, 1, 2]) },
  })
  const bad: [Record<string, unknown>, string][] = [
    [{ code: 'x' }, 'code'],
    [{ subject: ' ' }, 'subject'],
    [{ body: 5 }, 'body'],
    [{ body: 'x'.repeat(20_001) }, 'body'],
    [{ attachment: 'x' }, 'attachment.name'],
    [{ attachment: { ...attachment, name: '../../etc' } }, 'attachment.name'],
    [{ attachment: { ...attachment, type: 'text/html\r\nX: y' } }, 'attachment.type'],
    [{ attachment: { ...attachment, content: 'A'.repeat(200_001) } }, 'attachment.content'],
  ]
  for (const [change, why] of bad) expect(readNotice({ ...letter, ...change }, 's')).toContain(why)
})
