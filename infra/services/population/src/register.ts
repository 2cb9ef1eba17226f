import type { Context } from 'hono'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Database } from '../../kit/database.ts'
import type { Text } from '../../kit/html.ts'
import { callerOf, fromXroadOnly, recordUsage } from '../../kit/xroad-provider.ts'
import { mayNotify } from './notifying.ts'
import { openapi } from './openapi.ts'
import { findFamily, findNotices, findPerson, registerResidence } from './persons.ts'
import { searchByName } from './search.ts'

const LOOKED_UP: Text = { en: 'Personal data looked up', et: 'Isikuandmete päring', ja: '個人データの照会' }
const SEARCHED: Text = {
  en: 'Found in a search by name',
  et: 'Leitud nimeotsinguga',
  ja: '氏名検索による表示',
}
const FAMILY: Text = { en: 'Family ties looked up', et: 'Perekonnaseoste päring', ja: '家族関係の照会' }
const STATUS: Text = {
  en: 'Checked whether the person is alive',
  et: 'Elus olemise kontroll',
  ja: '生存状況の確認',
}
const NOTICES: Text = { en: 'Residence notices looked up', et: 'Elukohateadete päring', ja: '居住地届の照会' }
const MOVED: Text = { en: 'Residence registered', et: 'Elukoha registreerimine', ja: '居住地の登録' }

/** The data service `persons` on X-Road. Whoever gets data about a person leaves a row in that person's usage journal first. */
export function personRoutes(db: Database): Hono {
  const routes = new Hono()
  routes.use(fromXroadOnly())
  routes.get('/openapi.json', (c) => c.json(openapi))

  routes.get('/', async (c) => {
    const name = (c.req.query('name') ?? '').trim()
    if (name.length < 2) throw new HTTPException(400, { message: 'name must have two characters at least' })
    if (!callerOf(c).user) throw new HTTPException(400, { message: 'A search needs X-Road-UserId' })
    const persons = await searchByName(db, name, c.req.query('municipality') ?? '')
    await recordUsage(db, callerOf(c), { subject: persons.map((person) => person.code), action: SEARCHED })
    return c.json({ total: persons.length, persons })
  })

  routes.get('/:code', async (c) => {
    const person = await personOf(c, db)
    await recordUsage(db, callerOf(c), { subject: person.code, action: LOOKED_UP })
    return c.json(person)
  })

  routes.get('/:code/family', async (c) => {
    const person = await personOf(c, db)
    await recordUsage(db, callerOf(c), { subject: person.code, action: FAMILY })
    return c.json({ code: person.code, relatives: await findFamily(db, person.code) })
  })

  routes.get('/:code/status', async (c) => {
    const person = await personOf(c, db)
    await recordUsage(db, callerOf(c), { subject: person.code, action: STATUS })
    return c.json({ code: person.code, status: person.status })
  })

  routes.get('/:code/residence', async (c) => {
    const person = await personOf(c, db)
    await recordUsage(db, callerOf(c), { subject: person.code, action: NOTICES })
    return c.json({ code: person.code, notices: await findNotices(db, person.code) })
  })

  routes.post('/:code/residence', async (c) => {
    const caller = callerOf(c)
    if (!caller.user) throw new HTTPException(400, { message: 'A residence notice needs X-Road-UserId' })
    const person = await personOf(c, db)
    if (!(await mayNotify(db, caller, person.code)))
      throw new HTTPException(403, {
        message: 'People notify for themselves and their children under age only',
      })
    const notice = await noticeOf(c)
    const id = await registerResidence(db, person.code, {
      ...notice,
      notifiedBy: caller.user,
      receiver: caller.subsystem,
    })
    await recordUsage(db, caller, { subject: person.code, action: MOVED })
    return c.json({ id, ...notice }, 201)
  })
  return routes
}

async function personOf(c: Context, db: Database) {
  const person = await findPerson(db, c.req.param('code') ?? '')
  if (!person) throw new HTTPException(404, { message: 'No person has this code' })
  return person
}

async function noticeOf(c: Context): Promise<{ address: string; municipality: string; validFrom: string }> {
  const body: unknown = await c.req.json().catch(() => null)
  const { address, municipality, validFrom } = (body ?? {}) as Readonly<Record<string, unknown>>
  const good = (value: unknown): value is string =>
    typeof value === 'string' && value.trim().length > 1 && value.length <= 200
  if (!good(address) || !good(municipality)) {
    throw new HTTPException(400, { message: 'address and municipality must be texts of 2 to 200 characters' })
  }
  const from = validFrom ?? new Date().toISOString().slice(0, 10)
  if (typeof from !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(from) || Number.isNaN(Date.parse(from))) {
    throw new HTTPException(400, { message: 'validFrom must be a day, YYYY-MM-DD' })
  }
  return { address: address.trim(), municipality: municipality.trim(), validFrom: from }
}
