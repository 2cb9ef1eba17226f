import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../infra/services/kit/database.ts'
import { nation } from '../../infra/services/kit/nation/nation.ts'
import { recordUsage, usageRoutes, usageSchema } from '../../infra/services/kit/xroad-provider.ts'
import { personRoutes } from '../../infra/services/population/src/register.ts'
import { searchByName } from '../../infra/services/population/src/search.ts'
import { seedPersons } from '../../infra/services/population/src/seed.ts'
import { litePool } from '../kit/lite-pool.ts'

let db: Database
const land = nation('test')
const parent = land.persons.find((p) => p.children.length > 0 && !p.protectedAddress)
const hidden = land.persons.find((p) => p.protectedAddress)
if (!parent || !hidden) throw new Error('the seeded nation has no parent or no protected person')

const headers = {
  'x-provider-token': 'token',
  'x-road-client': 'MM/GOV/70000005/municipality',
  'x-road-userid': 'EE38001010000',
  'x-road-id': 'id-1',
}

beforeAll(async () => {
  process.env.XROAD_PROVIDER_TOKEN = 'token'
  db = await litePool([usageSchema, 'infra/services/population/src/schema.sql'])
  await seedPersons(db, 'test')
})
beforeEach(() => db.query('delete from usage; delete from residence_notice'))
afterAll(() => db.end())

const ask = async (path: string, init: RequestInit = {}) =>
  personRoutes(db).request(path, { headers, ...init })
const usages = async (query: string, more: Record<string, string> = {}) =>
  usageRoutes(db).request(`/findUsage?${query}`, {
    headers: { ...headers, 'x-road-userid': `EE${parent.code}`, ...more },
  })

describe('search by name', () => {
  test("finds names as they are: O'Connor, Õ, 山田; and takes % and _ for themselves", async () => {
    for (const name of ["O'Connor", 'õunapuu', '山田', "d'angelo"]) {
      const expected = land.persons.filter((p) =>
        `${p.given} ${p.family}`.toLowerCase().includes(name.toLowerCase()),
      )
      const found = await searchByName(db, name, '')
      expect(found.map((p) => p.code).sort(), name).toEqual(expected.map((p) => p.code).sort())
      expect(found.length).toBeGreaterThan(0)
    }
    for (const name of ['%%', '__', '\\', "' or 1=1 --"])
      expect(await searchByName(db, name, ''), name).toEqual([])
    expect(await searchByName(db, 'Tamm', "x' or ''='")).toEqual([])
  })

  test('stays within one municipality', async () => {
    const found = await searchByName(db, parent.family, parent.address.town)
    expect(found.map((p) => p.code)).toContain(parent.code)
    expect(await searchByName(db, parent.family, 'Mujal')).toEqual([])
  })

  test('needs a name and a person who asks', async () => {
    expect((await ask('/?name=x')).status).toBe(400)
    expect((await ask('/?name=Tamm', { headers: { ...headers, 'x-road-userid': '' } })).status).toBe(400)
  })
})

describe('persons', () => {
  test('answer to the security server only', async () => {
    for (const token of ['', 'wrong', 'tokem']) {
      const response = await ask(`/${parent.code}`, { headers: { ...headers, 'x-provider-token': token } })
      expect(response.status).toBe(403)
    }
  })

  test('are given as the nation has them, and a protected address to nobody', async () => {
    const person = await (await ask(`/${parent.code}`)).json()
    expect(person).toMatchObject({
      code: parent.code,
      given: parent.given,
      birth: parent.birth,
      status: 'alive',
    })
    expect(person.address).toContain(parent.address.street)
    expect(await (await ask(`/${hidden.code}`)).json()).toMatchObject({ address: null, municipality: null })
    expect((await ask('/12345678901')).status).toBe(404)
  })

  test('have the family that the nation gave them', async () => {
    const { relatives } = await (await ask(`/${parent.code}/family`)).json()
    const children = relatives
      .filter((r: { tie: string }) => r.tie === 'child')
      .map((r: { code: string }) => r.code)
    expect(children.sort()).toEqual([...parent.children].sort())
  })

  test('live where the newest notice in force says', async () => {
    const move = (address: string, validFrom?: string) =>
      ask(`/${parent.code}/residence`, {
        method: 'POST',
        body: JSON.stringify({ address, municipality: 'Kivilinn', validFrom }),
      })
    expect((await move("O'Connori 1 % 漢字")).status).toBe(201)
    expect((await move('Tuleviku 2', '2099-01-01')).status).toBe(201)
    expect((await move('x')).status).toBe(400)
    expect((await move('Pikk 1', '2026-13-01')).status).toBe(400)
    expect((await (await ask(`/${parent.code}`)).json()).address).toBe("O'Connori 1 % 漢字")
    const { notices } = await (await ask(`/${parent.code}/residence`)).json()
    expect(notices.map((n: { address: string }) => n.address)).toEqual(['Tuleviku 2', "O'Connori 1 % 漢字"])
  })
})

describe('Data Tracker', () => {
  test('one read by an official is exactly one row; a look at own data is none', async () => {
    await ask(`/${parent.code}`)
    await ask(`/${parent.code}`, { headers: { ...headers, 'x-road-userid': `EE${parent.code}` } })
    const { totalUsages, usages: rows } = await (
      await usages(`userCode=EE${parent.code}`, { 'accept-language': 'et' })
    ).json()
    expect(totalUsages).toBe(1)
    expect(rows).toEqual([
      {
        logtime: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        action: 'Isikuandmete päring',
        receiverCode: '70000005',
        receiverName: 'Meresadama linnavalitsus',
        receiverSystem: 'municipality',
      },
    ])
  })

  test('everybody whom a search shows gets a row', async () => {
    const { persons } = await (await ask("/?name=O'Connor")).json()
    const { rows } = await db.query('select subject from usage')
    expect(rows).toHaveLength(persons.length)
  })

  test('hidden rows stay hidden; paging and periods hold', async () => {
    const caller = { memberCode: '70000005', subsystem: 'municipality', user: '38001010000', messageId: 'x' }
    const action = { en: 'a', et: 'a', ja: 'a' }
    for (let i = 0; i < 5; i++)
      await recordUsage(db, caller, { subject: parent.code, action, hidden: i === 4 })
    const page = await (await usages(`userCode=${parent.code}&offset=3&limit=10`)).json()
    expect(page).toMatchObject({ totalUsages: 4, usages: [{ receiverCode: '70000005' }] })
    expect(
      (await (await usages(`userCode=${parent.code}&periodStart=2090-01-01T00:00:00Z`)).json()).totalUsages,
    ).toBe(0)
    expect((await (await usages(`userCode=${parent.code}&periodEnd=4000000000`)).json()).totalUsages).toBe(4)
  })

  test('bad questions are told so', async () => {
    for (const query of ['', 'userCode=1&limit=-1', 'userCode=1&offset=x', 'userCode=1&periodStart=never']) {
      expect((await usages(query)).status, query).toBe(400)
    }
    expect((await usages('userCode=1', { 'x-road-userid': '' })).status).toBe(400)
    expect((await usages('userCode=1', { 'x-provider-token': 'no' })).status).toBe(403)
  })
})

test('officials of a municipality register anybody, everybody else only themselves and their children under age', async () => {
  const child = land.byCode.get(parent.children[0] ?? '')
  const stranger = land.persons.find((p) => p.family !== parent.family)
  if (!child || !stranger) throw new Error('no child or no stranger')
  const move = async (subsystem: string, user: string, code: string) => {
    const asked = {
      ...headers,
      'x-road-client': `MM/GOV/70000004/${subsystem}`,
      'x-road-userid': `EE${user}`,
    }
    const body = JSON.stringify({ address: 'Uus 1', municipality: 'Meresadam', validFrom: '2099-01-01' })
    return (await ask(`/${code}/residence`, { method: 'POST', headers: asked, body })).status
  }
  expect(await move('municipality', stranger.code, parent.code)).toBe(201)
  expect(await move('portal', parent.code, parent.code)).toBe(201)
  expect(await move('portal', parent.code, child.code)).toBe(201)
  for (const service of ['portal', 'assistant', 'vote'])
    expect(await move(service, stranger.code, child.code)).toBe(403)
  expect(await move('portal', child.code, parent.code)).toBe(403)
  await db.query("update person set birth = current_date - interval '18 years' where code = $1", [child.code])
  expect(await move('portal', parent.code, child.code)).toBe(403)
  await db.query('update person set birth = $2 where code = $1', [child.code, child.birth])
})
