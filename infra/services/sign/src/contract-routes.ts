import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Citizens } from '../../kit/citizens.ts'
import type { Database } from '../../kit/database.ts'
import { languageOf } from '../../kit/html.ts'
import type { Session } from '../../kit/sessions.ts'
import type { XroadClient } from '../../kit/xroad-client.ts'
import { signingCertificate, type Trust } from './certificate.ts'
import { MEDIA_TYPE, writeContainer } from './container.ts'
import {
  addSignature,
  type Contract,
  changeContract,
  containerOf,
  contractsOf,
  draftContract,
  findContract,
  shownHash,
} from './contracts.ts'
import { notify } from './notify.ts'
import { bad, contractPage, framed, homePage, signPage, welcomePage } from './pages.ts'
import { keepIntent, takeIntent } from './prepared.ts'
import { finishSignature, prepareSignature } from './signing.ts'
import { textsOf } from './texts.ts'
import { type Report, validate } from './validate.ts'
import { dataToSign } from './xades.ts'
import { BadContainer } from './zip-error.ts'

const LONGEST_TITLE = 100
const LONGEST_BODY = 20_000

interface Parts {
  readonly db: Database
  readonly xroad: XroadClient
  readonly citizens: Citizens
  readonly trust: Trust
}

/** Contracts of two people, on pages. */
export function contractRoutes({ db, xroad, citizens, trust }: Parts): Hono {
  const routes = new Hono()
  const find = async (c: Context, session: Session): Promise<Contract> => {
    const id = c.req.param('id') ?? ''
    const contract = /^\d{1,15}$/.test(id) ? await findContract(db, Number(id), session.code) : null
    if (contract) return contract
    const t = textsOf(languageOf(c))
    const res = c.html(framed(languageOf(c), session, t.contracts, bad(t.notFound)), 404)
    throw new HTTPException(404, { res: await res })
  }
  const reportOf = async ({ container }: Contract): Promise<Report['signatures']> =>
    container ? (await validate(writeContainer(container), trust)).signatures : []
  const show = async (
    c: Context,
    session: Session,
    contract: Contract,
    why = '',
    status: 200 | 400 | 409 = 200,
  ) => {
    const said = why ? bad(why) : ''
    return c.html(contractPage(languageOf(c), session, contract, await reportOf(contract), said), status)
  }
  const refused = (c: Context, session: Session, contract: Contract, error: unknown) => {
    if (!(error instanceof BadContainer)) throw error
    return show(c, session, contract, `${textsOf(languageOf(c)).refused} ${error.message}`, 400)
  }

  routes.get('/', async (c) => {
    const session = await citizens.session(c)
    if (!session) return c.html(welcomePage(languageOf(c), null))
    return c.html(homePage(languageOf(c), session, await contractsOf(db, session.code)))
  })
  routes.post('/contracts', async (c) => {
    const { session, form } = await citizens.writer(c)
    const [title, body] = [String(form.title ?? '').trim(), bodyOf(form.body)]
    const t = textsOf(languageOf(c))
    if (!title || title.length > LONGEST_TITLE || !body)
      return c.html(framed(languageOf(c), session, t.draft, bad(t.badInput)), 400)
    return c.redirect(`/contracts/${await draftContract(db, session, title, body)}`, 303)
  })
  routes.get('/contracts/:id', async (c) => {
    const session = await citizens.reader(c)
    return show(c, session, await find(c, session))
  })
  routes.post('/contracts/:id', async (c) => {
    const { session, form } = await citizens.writer(c)
    const contract = await find(c, session)
    const body = bodyOf(form.body)
    if (!body || !(await changeContract(db, contract.id, session.code, { body })))
      return show(c, session, contract, textsOf(languageOf(c)).badInput, 400)
    return c.redirect(`/contracts/${contract.id}`, 303)
  })
  routes.post('/contracts/:id/invite', async (c) => {
    const { session, form } = await citizens.writer(c)
    const contract = await find(c, session)
    const partner = String(form.code ?? '').trim()
    const known = /^\d{11}$/.test(partner) && partner !== session.code && (await lives(partner, session))
    if (!known || !(await changeContract(db, contract.id, session.code, { partner })))
      return show(c, session, contract, textsOf(languageOf(c)).badInput, 400)
    await notify(xroad, contract, partner)
    return c.redirect(`/contracts/${contract.id}`, 303)
  })
  routes.post('/contracts/:id/prepare', async (c) => {
    const { session, form } = await citizens.writer(c)
    const contract = await find(c, session)
    if (form.shown !== shownHash(contract))
      return show(c, session, contract, textsOf(languageOf(c)).changedSince, 409)
    try {
      const certificate = Buffer.from(String(form.certificate ?? ''), 'base64')
      if (signingCertificate(certificate, trust).signer.code !== session.code)
        throw new BadContainer('this is the card of somebody else')
      const intent = prepareSignature(containerOf(contract).files, certificate, trust)
      await keepIntent(db, placeOf(contract, session), intent)
      const data = dataToSign(intent).toString('base64')
      return c.html(signPage(languageOf(c), session, contract, { id: intent.id, data }))
    } catch (error) {
      return refused(c, session, contract, error)
    }
  })
  routes.post('/contracts/:id/sign', async (c) => {
    const { session, form } = await citizens.writer(c)
    const contract = await find(c, session)
    try {
      const intent = await takeIntent(db, placeOf(contract, session), String(form.id ?? ''))
      if (!intent) throw new BadContainer('the signature was not prepared, or too long ago')
      const value = Buffer.from(String(form.signature ?? ''), 'base64')
      await addSignature(db, contract.id, (container) => finishSignature(intent, value, container, trust))
      return c.redirect(`/contracts/${contract.id}`, 303)
    } catch (error) {
      return refused(c, session, contract, error)
    }
  })
  routes.get('/contracts/:id/download', async (c) => {
    const contract = await find(c, await citizens.reader(c))
    if (!contract.container) return c.json({ error: 'Nobody has signed this contract yet' }, 404)
    return c.body(new Uint8Array(writeContainer(contract.container)), 200, {
      'content-type': MEDIA_TYPE,
      'content-disposition': `attachment; filename="contract-${contract.id}.asice"`,
    })
  })
  routes.get('/api/contracts/:id', async (c) => {
    const { container, ...contract } = await find(c, await citizens.apiReader(c))
    const signatures = await reportOf({ container, ...contract })
    const asice = container ? writeContainer(container).toString('base64') : null
    return c.json({ ...contract, signatures, container: asice })
  })

  /** Whether the population register knows this person as alive. */
  const lives = async (code: string, { code: user }: Session): Promise<boolean> => {
    const { status, json } = await xroad({ service: 'population/persons', path: `/${code}/status`, user })
    return status === 200 && Object(json()).status === 'alive'
  }
  return routes
}

const placeOf = ({ id }: Contract, { code }: Session): string => `contract/${id}/${code}`

/** Text of a form field with one kind of line end; empty when it is none or too long. */
function bodyOf(value: unknown): string {
  const text = String(value ?? '')
    .replace(/\r\n?/g, '\n')
    .trim()
  return text.length > LONGEST_BODY ? '' : text
}
