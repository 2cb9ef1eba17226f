import type { Database } from '../../kit/database.ts'
import type { Lang } from '../../kit/html.ts'
import type { Article } from './articles.ts'
import type { Library } from './search.ts'

interface Contribution {
  readonly id: number
  readonly lang: Lang
  readonly title: string
  readonly body: string
}

const asArticle = ({ id, lang, title, body }: Contribution): Article => ({
  id: `citizen-${id}`,
  lang,
  title,
  text: body,
  asked: [],
  by: 'citizen',
  link: null,
  action: null,
})

/** Puts what citizens wrote before into the library. */
export async function loadContributions(db: Database, library: Library): Promise<void> {
  const { rows } = await db.query<Contribution>(
    'select id, lang, title, body from contribution order by id desc limit 2000',
  )
  for (const row of rows) library.add(asArticle(row))
}

/** Title and text of a contribution; null when they are none or too long. */
export function readContribution(
  form: Readonly<Record<string, unknown>>,
): { readonly title: string; readonly body: string } | null {
  const { title, body } = form
  if (typeof title !== 'string' || typeof body !== 'string') return null
  if (title.trim().length < 3 || title.length > 150 || body.trim().length < 10 || body.length > 2000)
    return null
  return { title: title.trim(), body: body.trim() }
}

/** Adds what a citizen knows about a topic; it is found from now on, marked as a citizen's words. */
export async function contribute(
  db: Database,
  library: Library,
  contribution: {
    readonly lang: Lang
    readonly title: string
    readonly body: string
    readonly author: string
  },
): Promise<void> {
  const { lang, title, body, author } = contribution
  const { rows } = await db.query<{ id: number }>(
    'insert into contribution (lang, title, body, author) values ($1, $2, $3, $4) returning id',
    [lang, title, body, author],
  )
  if (rows[0]) library.add(asArticle({ id: rows[0].id, lang, title, body }))
}
