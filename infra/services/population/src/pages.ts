import type { Context } from 'hono'
import type { Queryable } from '../../kit/database.ts'
import { html, languageOf, page, type Text } from '../../kit/html.ts'

const NAME: Text = { en: 'Population Register', et: 'Rahvastikuregister', ja: '住民登録' }
const TITLE: Text = { en: 'Residents of Meremaa', et: 'Meremaa elanikud', ja: 'メレマーの住民' }
const PLACE: Text = { en: 'Municipality', et: 'Omavalitsus', ja: '自治体' }
const NUMBER: Text = { en: 'Residents', et: 'Elanikke', ja: '住民数' }
const TOTAL: Text = { en: 'In all', et: 'Kokku', ja: '合計' }
const OWN: Text = {
  en: 'Your own data, and who has looked at it, are in the state portal.',
  et: 'Enda andmeid ja seda, kes neid on vaadanud, näed riigiportaalis.',
  ja: 'ご自身のデータとその閲覧者は政府ポータルで確認できます。',
}

/** The register's public page: how many people live where. Personal data go over X-Road only. */
export async function statisticsPage(c: Context, db: Queryable): Promise<Response> {
  const lang = languageOf(c)
  const { rows } = await db.query(
    `select municipality, count(*)::int as number from person where deceased is null
     group by municipality order by number desc, municipality`,
  )
  const places = rows as readonly { municipality: string; number: number }[]
  const total = places.reduce((sum, place) => sum + place.number, 0)
  const content = html`<p class="notice">${OWN[lang]}</p>
<table><thead><tr><th scope="col">${PLACE[lang]}</th><th scope="col" class="number">${NUMBER[lang]}</th></tr></thead>
<tbody>${places.map(({ municipality, number }) => html`<tr><td>${municipality}</td><td class="number">${number}</td></tr>`)}</tbody>
<tfoot><tr><th scope="row">${TOTAL[lang]}</th><td class="number">${total}</td></tr></tfoot></table>`
  return c.html(page({ lang, service: NAME[lang], title: TITLE[lang], content }))
}
