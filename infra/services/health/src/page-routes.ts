import { type Context, Hono } from 'hono'
import type { Citizens } from '../../kit/citizens.ts'
import type { Database } from '../../kit/database.ts'
import { type Html, languageOf } from '../../kit/html.ts'
import type { Session } from '../../kit/sessions.ts'
import type { XroadClient } from '../../kit/xroad-client.ts'
import { waitingApp } from './app-login.ts'
import { closeDocument, reopenDocument } from './closing.ts'
import { type Child, childrenOf } from './family.ts'
import { FhirError, fields, items, referencedId } from './fhir.ts'
import { ownSystem, type Reader, sessionReader } from './reader.ts'
import { openRecord, searchRecord } from './reading.ts'
import { lookedPage, recordPage, refusedPage, type Viewer, welcomePage } from './record-pages.ts'
import type { Stored } from './store.ts'

/** The pages that a patient or parent sees. */
export function pageRoutes(db: Database, xroad: XroadClient, citizens: Citizens): Hono {
  const pages = new Hono()
  const place = { db, xroad }

  /** Who reads, and as whom. At these pages a doctor is a patient like all others. */
  const readerFor = async (c: Context, session: Session): Promise<{ reader: Reader; viewer: Viewer }> => {
    const reader = await sessionReader(db, session, null)
    const viewer = { lang: languageOf(c), session, doctor: reader.doctor !== null }
    return { reader: { ...reader, doctor: null, system: ownSystem(session.code, false) }, viewer }
  }
  const children = (code: string): Promise<readonly Child[]> =>
    childrenOf(xroad, code).catch((error: unknown) => {
      console.error(String(error))
      return []
    })

  pages.get('/', async (c) => {
    const session = await citizens.session(c)
    if (!session) return c.html(welcomePage(languageOf(c), null))
    const app = waitingApp(c)
    if (app) return c.redirect(app, 303)
    const { reader, viewer } = await readerFor(c, session)
    return shown(c, viewer, async () => {
      const code = c.req.query('of') || session.code
      const family = await children(session.code)
      const record = await openRecord(place, reader, code)
      const closures = await db.query<{ target: string }>('select target from closure where patient = $1', [
        code,
      ])
      const name = family.find((child) => child.code === code)?.name ?? null
      return recordPage(
        viewer,
        { code, name, ...record, closures: closures.rows.map(({ target }) => target) },
        family,
      )
    })
  })

  pages.get('/looked', async (c) => {
    const session = await citizens.reader(c)
    const { reader, viewer } = await readerFor(c, session)
    return shown(c, viewer, async () => {
      const code = c.req.query('of') || session.code
      const { page } = await searchRecord(place, reader, 'AuditEvent', [
        ['patient', code],
        ['_count', '100'],
      ])
      const name = code === session.code ? null : code
      return lookedPage(
        viewer,
        { code, name },
        page.filter(({ body }) => !isOwn(body, session.code)),
      )
    })
  })

  for (const [path, change] of [
    ['/close', closeDocument],
    ['/reopen', reopenDocument],
  ] as const)
    pages.post(path, async (c) => {
      const { session, form } = await citizens.writer(c)
      const { reader, viewer } = await readerFor(c, session)
      const of = String(form.of || session.code)
      try {
        await change(place, reader, of, String(form.target ?? ''))
        return c.redirect(of === session.code ? '/' : `/?of=${encodeURIComponent(of)}`, 303)
      } catch (error) {
        return refused(c, viewer, error)
      }
    })
  return pages
}

const isOwn = (event: Stored['body'], code: string): boolean =>
  referencedId(fields(items(event.agent)[0]).who, 'Patient') === code

/** The page that `make` gives, or why there is none. */
export async function shown(c: Context, viewer: Viewer, make: () => Promise<Html>): Promise<Response> {
  try {
    return c.html(await make())
  } catch (error) {
    return refused(c, viewer, error)
  }
}

export function refused(c: Context, viewer: Viewer, error: unknown): Response | Promise<Response> {
  if (!(error instanceof FhirError)) throw error
  return c.html(refusedPage(viewer, error.message), error.status)
}
