import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Database } from '../../infra/services/kit/database.ts'
import type { XroadCall, XroadClient } from '../../infra/services/kit/xroad-client.ts'
import { merged, silent } from '../../infra/services/tracker/src/aggregate.ts'
import { pageRoutes } from '../../infra/services/tracker/src/page-routes.ts'
import { usagePage } from '../../infra/services/tracker/src/pages.ts'
import { readDay, readMoment } from '../../infra/services/tracker/src/period.ts'
import { openRegisters } from '../../infra/services/tracker/src/registers.ts'
import {
  addReport,
  hidingDecision,
  readReport,
  reportsAbout,
  withdrawReport,
} from '../../infra/services/tracker/src/reports.ts'
import { usageOf } from '../../infra/services/tracker/src/usage.ts'
import type { RegisterUsage } from '../../infra/services/tracker/src/usages.ts'
import { litePool } from '../kit/lite-pool.ts'

const ME = '48001010022'
const row = (logtime: string) => ({
  logtime,
  action: 'Looked up',
  receiverCode: '70000005',
  receiverName: 'Town',
  receiverSystem: 'municipality',
})
const reply = (status: number, body: unknown) => ({
  status,
  xroadError: null,
  headers: {},
  body: Buffer.alloc(0),
  json: () => body,
})
/** No reports: the journal that the tracker keeps itself is empty. */
const db = { query: async () => ({ rows: [] }) } as unknown as Database
const question = { of: ME, from: null, to: null, limit: 100, lang: 'en' } as const

test('registers are those that X-Road offers, a silent one stays, and a new one is found after a minute', async () => {
  let clock = 0
  const offers: Record<string, readonly string[] | null> = {
    population: ['persons', 'findUsage'],
    tax: null,
    eid: [],
  }
  const xroad: XroadClient = async ({ service }) => {
    const offered = offers[service.split('/')[0] ?? '']
    if (!offered) throw new Error('connect ECONNREFUSED')
    return reply(200, { service: offered.map((service_code) => ({ service_code })) })
  }
  const registers = openRegisters(xroad, ['registry-db', 'eid', 'population', 'tax', 'tracker'], () => clock)
  expect(await registers()).toEqual(['population', 'tax'])
  offers.tax = ['findUsage']
  expect(await registers()).toEqual(['population', 'tax'])
  offers.tax = []
  offers.eid = ['findUsage']
  expect(await registers()).toEqual(['population', 'tax'])
  clock += 60_000
  expect(await registers()).toEqual(['population', 'tax', 'eid'])
})

test('every register is asked in the name of the citizen, in pages, and lateness, errors and nonsense are silence', async () => {
  const asked: XroadCall[] = []
  const answers: Record<string, () => ReturnType<typeof reply> | Promise<never>> = {
    population: () => reply(200, { totalUsages: 1, usages: [row('2026-11-23T10:00:00Z')] }),
    tax: () => reply(500, {}),
    health: () => reply(200, { totalUsages: 3 }),
    school: () => reply(200, { totalUsages: 1, usages: [{ logtime: 'x' }] }),
    vote: () => new Promise<never>(() => undefined),
  }
  const xroad: XroadClient = async (call) => {
    asked.push(call)
    return (await answers[call.service.split('/')[0] ?? '']?.()) ?? reply(404, {})
  }
  const names = ['population', 'tax', 'health', 'school', 'vote'] as const
  const found = await usageOf({ db, xroad, registers: async () => names }, ME, question)
  expect(asked.map(({ user }) => user)).toEqual(names.map(() => ME))
  expect(found?.map(({ register, answer }) => [register, answer.asked])).toEqual([
    ['population', true],
    ...['tax', 'health', 'school', 'vote'].map((name) => [name, false]),
    ['tracker', true],
  ])
  expect(silent(found ?? [])).toEqual(['tax', 'health', 'school', 'vote'])
  const people = { asked: true, value: [] } as const
  const session = { code: ME, name: "<O'Connor>", csrf: 'c' }
  const shown = { of: ME, only: '', choices: names, from: '', to: '', people, registers: found ?? [] }
  const sections = String(await usagePage('en', session, shown))
    .split('<h2>')
    .slice(1)
  expect(sections.map((section) => /could not be asked/.test(section))).toEqual([
    ...[false, true, true, true, true, false],
  ])
  expect(sections.map((section) => /Nobody has looked/.test(section))).toEqual([
    ...[false, false, false, false, false, true],
  ])
})

test('one register alone is asked when the citizen wants to know of one', async () => {
  const asked: string[] = []
  const xroad: XroadClient = async ({ service }) => {
    asked.push(service)
    return reply(200, { totalUsages: 0, usages: [] })
  }
  const tracker = { db, xroad, registers: async () => ['population', 'tax'] as const }
  const names = async (only: string) =>
    (await usageOf(tracker, ME, { ...question, only }))?.map(({ register }) => register)
  expect(await names('tax')).toEqual(['tax'])
  expect(await names('tracker')).toEqual(['tracker'])
  expect(asked).toEqual(['tax/findUsage'])
  expect(await names('nothing')).toEqual([])
  expect(await names('')).toEqual(['population', 'tax', 'tracker'])
})

test('the page of a register that is not offered shows all, as its choice says', async () => {
  const xroad: XroadClient = async () => reply(200, { totalUsages: 0, usages: [] })
  const tracker = { db, xroad, registers: async () => ['population', 'tax'] as const }
  const session = { code: ME, name: 'Mari', csrf: 'c' }
  const pages = pageRoutes(tracker, { session: async () => session } as never)
  const sections = async (register: string) =>
    (await (await pages.request(`/?register=${register}`)).text()).match(/<h2>/g)?.length
  expect(await sections('tax')).toBe(1)
  expect(await sections('nothing')).toBe(3)
})

test('a stranger’s registers are not even asked', async () => {
  const asked: string[] = []
  const xroad: XroadClient = async ({ service }) => {
    asked.push(service)
    return reply(200, { relatives: [] })
  }
  const tracker = { db, xroad, registers: async () => ['population' as const] }
  expect(await usageOf(tracker, ME, { ...question, of: '37605030299' })).toBeNull()
  expect(asked).toEqual(['population/persons'])
})

test('all registers together are one list, newest first, and pages of it lose and repeat nothing', () => {
  const instants = fc.array(fc.integer({ min: 0, max: 10_000 }), { maxLength: 30 })
  fc.assert(
    fc.property(instants, instants, fc.integer({ min: 1, max: 9 }), (a, b, limit) => {
      const registers = [a, b].map((times, i): RegisterUsage => {
        const usages = times.toSorted((x, y) => y - x).map((ms) => row(new Date(ms).toISOString()))
        const register = i === 0 ? 'population' : 'tax'
        return { register, name: register, answer: { asked: true, value: { total: usages.length, usages } } }
      })
      const all = merged(registers, { offset: 0, limit: 1000 })
      expect(all.totalUsages).toBe(a.length + b.length)
      expect(all.usages.map(({ logtime }) => Date.parse(logtime))).toEqual([...a, ...b].sort((x, y) => y - x))
      const pages: unknown[] = []
      for (let offset = 0; offset < all.totalUsages; offset += limit)
        pages.push(...merged(registers, { offset, limit }).usages)
      expect(pages).toEqual(all.usages)
    }),
  )
})

test('an office’s report is taken whole or refused with the reason, and only the police may hide one', () => {
  const report = { userCode: `EE${ME}`, action: ' Parkimisluba ' }
  expect(readReport(report)).toEqual({ userCode: ME, action: 'Parkimisluba', hidden: false })
  const bad: [object, string][] = [
    [{ userCode: 5 }, 'userCode'],
    [{ userCode: 'EE1' }, 'userCode'],
    [{ action: ' ' }, 'action'],
    [{ action: 'x'.repeat(201) }, 'action'],
    [{ hidden: 'true' }, 'hidden'],
  ]
  for (const [change, why] of bad) expect(readReport({ ...report, ...change })).toContain(why)
  const caller = { memberCode: '70000009', subsystem: 'wallet', user: ME, messageId: 'm' }
  expect(hidingDecision(caller, '1-2/3')).toBe('1-2/3')
  for (const issue of [undefined, '']) expect(hidingDecision(caller, issue)).toBeNull()
  for (const subsystem of ['municipality', 'clinic', 'portal', 'tracker', ''])
    expect(hidingDecision({ ...caller, subsystem }, '1-2/3')).toBeNull()
})

test('a day begins and ends as it does in Meremaa, in winter and in summer', () => {
  expect(readDay('2026-01-15', 'first')).toBe('2026-01-14T22:00:00.000Z')
  expect(readDay('2026-07-15', 'first')).toBe('2026-07-14T21:00:00.000Z')
  expect(readDay('2026-07-15', 'last')).toBe('2026-07-15T20:59:59.999Z')
  for (const bad of [undefined, '', '2026-13-01', '15.01.2026', "2026-01-01'"])
    expect(readDay(bad, 'first')).toBeNull()
  expect(readMoment('0')).toBe('1970-01-01T00:00:00.000Z')
  expect(readMoment('2026-11-23T10:00:00+02:00')).toBe('2026-11-23T08:00:00.000Z')
  expect(readMoment(undefined)).toBeNull()
  expect(() => readMoment('yesterday')).toThrow(RangeError)
})

test('a report stays on record when it is taken back, is hidden by a decision only, and belongs to its office', async () => {
  const pool = await litePool(['infra/services/tracker/src/schema.sql'])
  const town = { memberCode: '70000005', subsystem: 'municipality', user: '37605030299', messageId: 'm' }
  const report = { userCode: ME, action: 'Parkimisluba', hidden: false }
  const { id } = await addReport(pool, town, report, null)
  await addReport(pool, { ...town, subsystem: 'wallet' }, { ...report, action: 'Jälitus' }, '1-2/3')
  expect(await withdrawReport(pool, { ...town, memberCode: '10000003' }, id, 'Eksitus')).toBe(false)
  expect(await withdrawReport(pool, town, id, 'Eksitus')).toBe(true)
  expect(await withdrawReport(pool, town, id, 'Jälle')).toBe(false)
  const about = await reportsAbout(pool, question)
  expect(about).toMatchObject({
    asked: true,
    value: {
      total: 1,
      usages: [
        {
          action: 'Parkimisluba (withdrawn as a mistake: Eksitus)',
          receiverCode: '70000005',
          receiverName: 'Municipality of Meresadam',
          receiverSystem: 'municipality',
        },
      ],
    },
  })
  const later = { ...question, from: '2999-01-01T00:00:00Z' }
  expect(await reportsAbout(pool, later)).toEqual({ asked: true, value: { total: 0, usages: [] } })
  await pool.end()
}, 60_000)
