import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Citizens } from '../../kit/citizens.ts'
import type { Database } from '../../kit/database.ts'
import { languageOf } from '../../kit/html.ts'
import type { Session } from '../../kit/sessions.ts'
import type { XroadClient } from '../../kit/xroad-client.ts'
import { deskPage, patientPage } from './desk-pages.ts'
import { measurement, prescription } from './documents.ts'
import { FhirError, fields, type Resource } from './fhir.ts'
import { refused, shown } from './page-routes.ts'
import { type Reader, sessionReader } from './reader.ts'
import { openRecord } from './reading.ts'
import { refusedPage, type Viewer } from './record-pages.ts'
import { textsOf } from './texts.ts'
import { createDocument } from './writing.ts'

type Form = Readonly<Record<string, unknown>>

/** The doctor's desk: a patient's record by personal code and reason, results and prescriptions. */
export function deskRoutes(db: Database, xroad: XroadClient, citizens: Citizens): Hono {
  const desk = new Hono()
  const place = { db, xroad }

  const doctor = async (c: Context, session: Session, reason: unknown) => {
    const reader = await sessionReader(
      db,
      session,
      String(reason ?? '')
        .trim()
        .slice(0, 500) || null,
    )
    const viewer: Viewer = { lang: languageOf(c), session, doctor: reader.doctor !== null }
    if (reader.doctor === null)
      throw new HTTPException(403, {
        res: await c.html(refusedPage(viewer, textsOf(viewer.lang).onlyDoctors), 403),
      })
    return { reader, viewer, writer: { id: reader.doctor, name: reader.name } }
  }

  desk.get('/', async (c) => {
    const { viewer } = await doctor(c, await citizens.reader(c), null)
    return c.html(deskPage(viewer))
  })

  desk.post('/patient', async (c) => {
    const { session, form } = await citizens.writer(c)
    const { reader, viewer } = await doctor(c, session, form.reason)
    return shown(c, viewer, async () => patientPage(viewer, await patientFor(reader, form)))
  })

  /** Writes what `make` makes of the form, and shows the record with it. */
  const writing = (path: string, make: (form: Form, of: ReturnType<typeof headOf>) => Resource) =>
    desk.post(path, async (c) => {
      const { session, form } = await citizens.writer(c)
      const { reader, viewer, writer } = await doctor(c, session, form.reason)
      try {
        const body = make(form, headOf(form, writer))
        await createDocument(place, reader, body.resourceType, body)
        return c.html(patientPage(viewer, await patientFor(reader, form)), 201)
      } catch (error) {
        return refused(c, viewer, error)
      }
    })

  writing('/observation', (form, head) => {
    const value = Number(String(form.value ?? '').replace(',', '.'))
    if (form.value === '' || Number.isNaN(value))
      throw new FhirError(400, 'value', 'The value is not a number')
    return withWords(measurement(head, String(form.code), value), form.words)
  })
  writing('/prescription', (form, head) =>
    withWords(prescription(head, String(form.medicine), String(form.dose ?? '')), form.words),
  )

  const patientFor = async (reader: Reader, form: Form) => {
    const code = String(form.code_of ?? '')
    return { code, reason: reader.reason ?? '', ...(await openRecord(place, reader, code)) }
  }
  return desk
}

const headOf = (form: Form, writer: { readonly id: string; readonly name: string }) => ({
  patient: String(form.code_of ?? ''),
  writer,
  at: new Date().toISOString(),
})

const escaped = (said: string): string =>
  said.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** The document with the doctor's words as its narrative. */
function withWords(body: Resource, words: unknown): Resource {
  const said = String(words ?? '').trim()
  if (said === '') return body
  const div = `<div xmlns="http://www.w3.org/1999/xhtml">${said
    .split(/\r?\n/)
    .map((line) => `<p>${escaped(line)}</p>`)
    .join('')}</div>`
  return { ...fields(body), resourceType: body.resourceType, text: { status: 'additional', div } }
}
