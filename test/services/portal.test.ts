import { expect, test } from 'vitest'
import { mayActFor, represented } from '../../infra/services/kit/family.ts'
import type { XroadCall, XroadClient } from '../../infra/services/kit/xroad-client.ts'
import { noticePage } from '../../infra/services/portal/src/mailbox-pages.ts'
import { type Notice, readNotice } from '../../infra/services/portal/src/notices.ts'
import { tilesOf } from '../../infra/services/portal/src/tiles.ts'
import { usageOf } from '../../infra/services/portal/src/tracker.ts'
import { trackerPage } from '../../infra/services/portal/src/tracker-pages.ts'

const PARENT = '48001010022'
const CHILD = '62001010011'
const GROWN = '50001010033'
const WARD = '33001010044'
const STRANGER = '37605030299'

/** X-Road that answers each call with a status and a body, or not at all. */
const xroad =
  (asked: XroadCall[], answer: () => { status: number; body: unknown; xroadError?: string }): XroadClient =>
  async (call) => {
    asked.push(call)
    const { status, body, xroadError = null } = answer()
    return { status, xroadError, headers: {}, body: Buffer.alloc(0), json: () => body }
  }
const refused = (): never => {
  throw new Error('connect ECONNREFUSED')
}

test('people act for their children under age and their wards, and for nobody else', async () => {
  const relatives = [
    { code: CHILD, given: 'A', family: 'B', birth: '2020-01-01', tie: 'child' },
    { code: GROWN, given: 'C', family: 'B', birth: '2000-01-01', tie: 'child' },
    { code: WARD, given: 'D', family: 'E', birth: '1930-01-01', tie: 'ward' },
    { code: STRANGER, given: 'F', family: 'G', birth: '1976-05-03', tie: 'spouse' },
  ]
  const client = xroad([], () => ({ status: 200, body: { relatives } }))
  const may = (of: string) => mayActFor(client, PARENT, of)
  expect(await Promise.all([PARENT, CHILD, WARD, GROWN, STRANGER].map(may))).toEqual([
    ...[true, true, true],
    ...[false, false],
  ])
})

test('no mandate can be shown while the population register is silent or says nonsense', async () => {
  const silences = [
    refused,
    () => ({ status: 500, body: {}, xroadError: 'Server.ServerProxy.NetworkError' }),
    () => ({ status: 200, body: { code: PARENT } }),
  ]
  for (const silence of silences) {
    expect(await mayActFor(xroad([], silence), PARENT, CHILD)).toBe(false)
    expect(await mayActFor(xroad([], silence), PARENT, PARENT)).toBe(true)
    expect((await represented(xroad([], silence), PARENT)).asked).toBe(false)
  }
})

const usage = {
  logtime: '2026-11-23T10:00:00.000Z',
  action: 'Looked up',
  receiverCode: '70000005',
  receiverName: 'Town',
  receiverSystem: 'municipality',
}
const reader = { lang: 'en', session: { code: PARENT, name: 'P', csrf: 'c' }, official: false } as const

test('the Data Tracker is asked in the citizen’s name, and a register that it calls silent is never shown as empty', async () => {
  const asked: XroadCall[] = []
  const registers = [
    { register: 'population', name: 'Population Register', asked: true, total: 1, usages: [usage] },
    { register: 'tax', name: 'Tax and Customs Board', asked: false, why: 'no answer' },
    { register: 'tracker', name: 'Data Tracker', asked: true, total: 0, usages: [] },
  ]
  const client = xroad(asked, () => ({ status: 200, body: { of: CHILD, registers } }))
  const answer = await usageOf(client, PARENT, CHILD, { lang: 'en', from: '2026-11-23T09:00:00Z' })
  expect(asked).toEqual([
    {
      service: 'tracker/usages',
      path: `/${CHILD}?from=2026-11-23T09%3A00%3A00Z`,
      user: PARENT,
      acceptLanguage: 'en',
    },
  ])
  const page = String(await trackerPage(reader, CHILD, answer ?? { asked: false, why: '' }))
  const [, population = '', tax = '', reported = ''] = page.split('<h2>')
  expect(population).toContain('Looked up')
  expect(tax).toContain('could not be asked')
  expect(tax).not.toContain('Nobody has looked')
  expect(reported).toContain('Nobody has looked')
})

test('a refusal of the Data Tracker is no mandate, and its silence is silence', async () => {
  const ask = (answer: Parameters<typeof xroad>[1]) =>
    usageOf(xroad([], answer), PARENT, STRANGER, { lang: 'en' })
  expect(await ask(() => ({ status: 403, body: { error: 'no' } }))).toBeNull()
  for (const silence of [
    refused,
    () => ({ status: 500, body: {}, xroadError: 'Server.ServerProxy.AccessDenied' }),
  ]) {
    const answer = await ask(silence)
    expect(answer).toMatchObject({ asked: false })
    const page = String(await trackerPage(reader, STRANGER, answer ?? { asked: true, value: [] }))
    expect(page).toContain('could not be asked')
    expect(page).not.toContain('Nobody has looked')
  }
})

test('there is a tile for each service of this state, and for others those that one uses for them', () => {
  const names = (services: readonly string[], other = false) =>
    tilesOf(services, other).map(({ service }) => service)
  expect(names(['registry-db', 'xroad', 'portal', 'tax'])).toEqual(['tax'])
  expect(names(['tax', 'school', 'vote', 'health'])).toEqual(['tax', 'health', 'school', 'vote'])
  expect(names(['tax', 'school', 'vote', 'health'], true)).toEqual(['health', 'school'])
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
  const oconnor = {
    lang: 'et',
    session: { code: PARENT, name: "<O'Connor>", csrf: '"' },
    official: false,
  } as const
  const page = String(await noticePage(oconnor, notice))
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
