import { randomUUID, sign } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Database } from '../../kit/database.ts'
import { environment, sameSecret } from '../../kit/secrets.ts'
import { findApplication } from './applications.ts'
import { type Authorities, isUse, USES } from './authority.ts'
import { certificatesOf, issueFor, revoke } from './certificates.ts'
import { readResident } from './input.ts'
import { findResident, registerResident } from './residents.ts'

/**
 * The counter of a municipality or consulate: residents are registered, cards handed out, reset and stopped here. Only its terminal, which
 * holds TERMINAL_TOKEN, gets in. What the chip needs (requests, certificates, permits) is carried between card and authority.
 */
export function terminalRoutes(db: Database, authorities: () => Authorities): Hono {
  const routes = new Hono()
  const token = `Bearer ${environment('TERMINAL_TOKEN')}`
  const ocsp = `${environment('BASE_URL')}/ocsp`
  const body = async (c: Context): Promise<Readonly<Record<string, unknown>>> =>
    Object(await c.req.json().catch(() => null))
  const residentOf = async (number: unknown) => {
    const resident = typeof number === 'string' ? await findResident(db, number) : null
    if (!resident) throw new HTTPException(404, { message: 'Nobody is registered under this number' })
    return resident
  }
  const notAuthorized = (c: Context): Response =>
    c.json({ error: 'Only the terminal of a counter gets in' }, 401)

  routes.use(async (c, next) =>
    sameSecret(c.req.header('authorization') ?? '', token) ? next() : notAuthorized(c),
  )

  routes.put('/residents/:number', async (c) => {
    const resident = readResident(c.req.param('number'), await body(c))
    if (!resident) return c.json({ error: 'The number, name, birth, sex or address is not valid' }, 400)
    return c.json(resident, (await registerResident(db, resident)) ? 201 : 200)
  })

  routes.post('/cards', async (c) => {
    const { number, requests } = await body(c)
    const resident = await residentOf(number)
    const { authentication, signature } = Object(requests)
    const card = randomUUID()
    await revoke(db, resident.number, null, 'superseded')
    const certificates = await issueFor(
      db,
      authorities(),
      resident,
      card,
      { authentication, signature },
      ocsp,
    )
    if (!certificates) return c.json({ error: 'A request of the card is not valid' }, 400)
    const authority = authorities().authentication.certificate.toString('base64')
    const signatureAuthority = authorities().signature.certificate.toString('base64')
    return c.json({ card, authority, signatureAuthority, ...certificates }, 201)
  })

  routes.post('/cards/:card/signature', async (c) => {
    const { number, request } = await body(c)
    const resident = await residentOf(number)
    const card = c.req.param('card')
    const held = (await certificatesOf(db, resident.number)).find(
      (one) => one.use === 'authentication' && one.card === card && !one.revoked,
    )
    if (!held) return c.json({ error: 'The resident does not hold this card' }, 409)
    const issued = await issueFor(db, authorities(), resident, card, { signature: request }, ocsp)
    return issued ? c.json(issued, 201) : c.json({ error: 'The request of the card is not valid' }, 400)
  })

  // A permit is good for one state of the card's counter, which the card changes when it takes it.
  routes.post('/cards/:card/permits', async (c) => {
    const { use, counter } = await body(c)
    if (!isUse(use) || !Number.isInteger(counter))
      return c.json({ error: `use must be one of ${USES.join(', ')}, counter a whole number` }, 400)
    const permit = Buffer.from(`reset\n${c.req.param('card')}\n${use}\n${counter}`)
    return c.json(
      { permit: sign('sha256', permit, authorities().authentication.key).toString('base64') },
      201,
    )
  })

  routes.get('/applications/:id', async (c) => {
    const application = await findApplication(db, c.req.param('id'))
    return application ? c.json(application) : c.json({ error: 'There is no such application' }, 404)
  })
  return routes
}
