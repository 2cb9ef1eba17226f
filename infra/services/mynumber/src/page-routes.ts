import { type Context, Hono } from 'hono'
import type { Citizens } from '../../kit/citizens.ts'
import type { Database } from '../../kit/database.ts'
import { languageOf } from '../../kit/html.ts'
import { applicationsOf, documentOf, handIn, readDocument, readDraft } from './applications.ts'
import type { Authorities } from './authority.ts'
import { Refused, readAnswer } from './card.ts'
import { certificatesOf } from './certificates.ts'
import type { Challenges } from './challenges.ts'
import { historyPage, homePage, incomePage, messagePage, signPage } from './pages.ts'
import { exchangesOf } from './records.ts'
import type { Resident } from './resident.ts'
import { findResident, linkedCode } from './residents.ts'
import { findFetching, SELF, startFetching } from './self-information.ts'
import { welcomePage } from './welcome-pages.ts'

/** The pages of a resident, and the JSON of the same. */
export function pageRoutes(
  db: Database,
  authorities: () => Authorities,
  citizens: Citizens,
  challenges: Challenges,
): Hono {
  const pages = new Hono()
  const { reader, writer, apiReader } = citizens
  const overview = async (number: string) => {
    const resident = (await findResident(db, number)) as Resident
    const certificates = await certificatesOf(db, number)
    return { resident, certificates, code: await linkedCode(db, number) }
  }

  pages.get('/', async (c) => {
    const session = await citizens.session(c)
    const lang = languageOf(c)
    if (!session) return c.html(welcomePage(lang, null))
    const all = { ...(await overview(session.code)), applications: await applicationsOf(db, session.code) }
    return c.html(homePage(lang, session, all, c.req.query('said') === 'linked' ? 'linked' : null))
  })
  pages.get('/history', async (c) => {
    const session = await reader(c)
    return c.html(historyPage(languageOf(c), session, await exchangesOf(db, session.code)))
  })

  pages.get('/applications/new', async (c) => {
    const session = await reader(c)
    const draft = readDraft(c.req.query())
    if (!draft) return c.html(messagePage(languageOf(c), session, 'badInput'), 400)
    return c.html(
      signPage(languageOf(c), session, documentOf(draft, challenges.issue(`sign ${session.code}`))),
    )
  })
  pages.post('/applications', async (c) => {
    const { session, form } = await writer(c)
    // A browser sends the line ends of a text as CR LF.
    const document = String(form.document ?? '').replaceAll('\r\n', '\n')
    const read = readDocument(document)
    try {
      if (!read || !challenges.take(read.reference, `sign ${session.code}`))
        throw new Refused('the document is not one that this person was given')
      const signed = { document, draft: read.draft, answer: readAnswer(form.token) }
      const id = await handIn(db, authorities(), session.code, signed)
      return c.redirect(`/?said=${id}`, 303)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      console.log(`application refused: ${error.message}`)
      return c.html(messagePage(languageOf(c), session, 'signatureRefused'), 400)
    }
  })

  pages.post('/income', async (c) => {
    const { session } = await writer(c)
    const ask = {
      client: SELF,
      number: session.code,
      items: ['income-certificate'],
      purpose: '本人確認用',
    } as const
    return c.redirect(`/income/${await startFetching(db, { ...ask, consent: null })}`, 303)
  })
  pages.get('/income/:id', async (c) => {
    const session = await reader(c)
    const fetching = await findFetching(db, c.req.param('id'), { number: session.code })
    if (!fetching) return c.html(messagePage(languageOf(c), session, 'notFound'), 404)
    if (fetching.state === 'processing') c.header('refresh', '1')
    return c.html(incomePage(languageOf(c), session, fetching))
  })

  pages.get('/api/me', async (c: Context) => {
    const { resident, certificates, code } = await overview((await apiReader(c)).code)
    return c.json({
      ...resident,
      code,
      certificates: certificates.map(({ serial, use, issued, notAfter, revoked, reason }) => ({
        ...{ serial, use, issued, notAfter, revoked, reason },
      })),
    })
  })
  pages.get('/api/applications', async (c) => c.json(await applicationsOf(db, (await apiReader(c)).code)))
  pages.get('/api/history', async (c) => c.json(await exchangesOf(db, (await apiReader(c)).code)))
  return pages
}
