import { expect, test } from 'vitest'
import { citizens, officials, parents } from '../../../infra/services/kit/nation/nation.ts'
import { logIn, openBrowser } from '../../kit/browser.ts'
import type { State } from '../../kit/state.ts'
import { callXroad, findAllUsages } from './data-tracker-client.ts'

const PORTAL = 'MM/GOV/70000004/portal'
const TOWN = 'MM/GOV/70000005/municipality'
const TRACKER = 'MM/GOV/70000011/tracker/findUsage'
const REPORTS = 'MM/GOV/70000011/tracker/reports'
const POPULATION = 'MM/GOV/70000001/population'

/** The Data Tracker with a client of its interface 2.x that was written from the published description. */
export function tracker(state: () => State): void {
  const someone = (i: number) => {
    const person = citizens(state().land)[i]
    if (!person) throw new Error('the nation has too few citizens')
    return person
  }
  const official = () => officials(state().land, 'tax-officer')[0]?.code ?? ''

  test('every look of an office is in the list of all registers, once, newest first, whatever the size of a page', async () => {
    const { code } = someone(0)
    const asker = { client: PORTAL, service: TRACKER, user: code }
    const before = await findAllUsages(state(), asker, code, 100)
    for (let look = 0; look < 5; look++)
      await callXroad(state(), { client: TOWN, to: `${POPULATION}/persons/${code}`, user: official() })
    const reported = await callXroad(state(), {
      client: TOWN,
      to: REPORTS,
      user: official(),
      json: { userCode: `EE${code}`, action: 'Parkimisluba' },
    })
    expect(reported.status).toBe(201)
    const all = await findAllUsages(state(), asker, code, 100)
    expect(all.length).toBe(before.length + 6)
    expect(all.slice(0, 6).every(({ receiverCode }) => receiverCode === '70000005')).toBe(true)
    expect(all.map(({ logtime }) => logtime)).toEqual(
      all.map(({ logtime }) => logtime).toSorted((a, b) => Date.parse(b) - Date.parse(a)),
    )
    expect(await findAllUsages(state(), asker, code, 2)).toEqual(all)
  })

  test('the interface refuses what its description forbids, and a stranger', async () => {
    const { code } = someone(1)
    const ask = async (query: string, user?: string) =>
      (
        await callXroad(state(), {
          client: PORTAL,
          to: `${TRACKER}/v2/findUsage?${query}`,
          ...(user ? { user } : {}),
        })
      ).status
    expect(await ask(`userCode=EE${code}`)).toBe(400)
    for (const bad of [
      '',
      'userCode=1',
      `userCode=EE${code}&limit=x`,
      `userCode=EE${code}&periodStart=homme`,
    ])
      expect(await ask(bad, code)).toBe(400)
    expect(await ask(`userCode=EE${someone(2).code}`, code)).toBe(403)
    expect(await ask(`userCode=EE${code}`, code)).toBe(200)
    const period = await callXroad(state(), { client: PORTAL, to: `${TRACKER}/v2/usagePeriod`, user: code })
    expect(Date.parse(Object(period.body).periodStart)).toBeLessThanOrEqual(Date.now())
    const heartbeat = await callXroad(state(), { client: PORTAL, to: `${TRACKER}/v2/heartbeat`, user: code })
    expect(heartbeat.body).toMatchObject({ status: 'OK' })
  })

  test('a parent sees the child’s, a guardian the ward’s', async () => {
    const parent = parents(state().land)[0]
    const ward = state().land.persons.find(({ guardian }) => guardian)
    const pairs = [
      [parent?.code ?? '', parent?.children[0] ?? ''],
      [ward?.guardian ?? '', ward?.code ?? ''],
    ] as const
    for (const [user, of] of pairs) {
      await callXroad(state(), { client: TOWN, to: `${POPULATION}/persons/${of}`, user: official() })
      const seen = await findAllUsages(state(), { client: PORTAL, service: TRACKER, user }, of, 50)
      expect(seen[0]).toMatchObject({ receiverSystem: 'municipality' })
    }
  })

  test('a register that fails makes the list fail, and the page says that it could not be asked', async () => {
    const me = someone(3)
    const browser = openBrowser()
    await logIn(state(), browser, 'tracker', me)
    expect((await browser.open('http://tracker/?lang=en')).text).not.toContain('could not be asked')
    await state().exec('population', ['sv', 'stop', 'app'])
    try {
      const page = await browser.open('http://tracker/?lang=en')
      expect([page.status, page.text]).toEqual([200, expect.stringContaining('could not be asked')])
      const to = `${TRACKER}/v2/findUsage?userCode=EE${me.code}`
      const list = await callXroad(state(), { client: PORTAL, to, user: me.code })
      expect(list).toMatchObject({ status: 500, body: { silent: ['population'] } })
      const heartbeat = await callXroad(state(), {
        client: PORTAL,
        to: `${TRACKER}/v2/heartbeat`,
        user: me.code,
      })
      expect(heartbeat.body).toMatchObject({ status: 'FAIL' })
    } finally {
      await state().exec('population', ['sv', 'start', 'app'])
    }
    await expect
      .poll(async () => (await browser.open('http://tracker/?lang=en')).text, {
        timeout: 60_000,
        interval: 500,
      })
      .not.toContain('could not be asked')
  })
}
