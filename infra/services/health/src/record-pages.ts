import type { LoginTrouble } from '../../kit/citizens.ts'
import { formatDate, formatDateTime } from '../../kit/dates.ts'
import { frame as serviceFrame, token, welcomeFrame } from '../../kit/frame.ts'
import { type Html, html, type Lang } from '../../kit/html.ts'
import type { Session } from '../../kit/sessions.ts'
import { conceptName, lineOf } from './display.ts'
import type { Child } from './family.ts'
import { fields, items, text } from './fhir.ts'
import { narrative } from './narrative.ts'
import { CLOSABLE, type Stored } from './store.ts'
import { type TextName, textsOf } from './texts.ts'

/** Who reads a page, and in which language. */
export interface Viewer {
  readonly lang: Lang
  readonly session: Session
  readonly doctor: boolean
}

export function frame({ lang, session, doctor }: Viewer, title: string, content: Html): Html {
  const t = textsOf(lang)
  const nav = [
    { href: '/', label: t.records },
    { href: '/looked', label: t.looked },
    ...(doctor ? [{ href: '/desk', label: t.desk }] : []),
  ]
  return serviceFrame({ lang, service: t.service, title, content, session, nav })
}

export function welcomePage(lang: Lang, said: LoginTrouble | null): Html {
  const { service, welcome } = textsOf(lang)
  return welcomeFrame({ lang, service, welcome, said })
}

export function refusedPage(viewer: Viewer, why: string): Html {
  return frame(viewer, textsOf(viewer.lang).refused, html`<p class="notice bad" role="alert">${why}</p>`)
}

/** A patient's record. */
export interface Record {
  readonly code: string
  /** Null for one's own. */
  readonly name: string | null
  readonly documents: readonly Stored[]
  /** Targets of the closures in force, `*` for everything. */
  readonly closures: readonly string[]
}

/** The record for the patient or a parent, with the ways to close and open documents. */
export function recordPage(viewer: Viewer, record: Record, children: readonly Child[]): Html {
  const t = textsOf(viewer.lang)
  const all = record.closures.includes('*')
  const others = children.filter(({ code }) => code !== record.code)
  const content = html`${all ? html`<p class="notice" role="status">${t.allClosed}</p>` : ''}
${
  others.length > 0
    ? html`<p>${t.children}${t.colon}${others.map(({ code, name }) => html`<a href="/?of=${code}">${name}</a> `)}</p>`
    : ''
}
${documentTables(viewer, record, (stored) => closingForm(viewer, record, stored))}
${form(viewer, record.code, '*', all)}`
  return frame(viewer, record.name ? `${t.recordsOf} ${record.name}` : t.records, content)
}

/** Documents by type, newest first. `last` fills the last column. */
export function documentTables(
  { lang }: Viewer,
  { documents }: Pick<Record, 'documents'>,
  last: ((stored: Stored) => Html | string) | null,
): Html {
  const t = textsOf(lang)
  const table = (type: string): Html => {
    const rows = documents.filter((stored) => stored.type === type).map((stored) => row(lang, stored, last))
    return html`<h2>${t[type as TextName]}</h2>${
      rows.length === 0
        ? html`<p>${t.nothing}</p>`
        : html`<table><thead><tr><th scope="col">${t.date}</th><th scope="col">${t.what}</th><th scope="col">${t.result}</th>
<th scope="col">${t.doctor}</th>${last ? html`<th scope="col">${t.openForDoctors}</th>` : ''}</tr></thead><tbody>${rows}</tbody></table>`
    }`
  }
  return html`${CLOSABLE.map(table)}`
}

function row(lang: Lang, stored: Stored, last: ((stored: Stored) => Html | string) | null): Html {
  const line = lineOf(lang, stored.body)
  const words = line.narrative ? narrative(line.narrative) : ''
  return html`<tr id="${stored.type}-${stored.id}"><td>${formatDate(lang, line.at)}</td><td>${line.what}${words}</td><td>${line.result}</td>
<td>${line.doctor}</td>${last ? html`<td>${last(stored)}</td>` : ''}</tr>`
}

function closingForm(viewer: Viewer, { code, closures }: Record, stored: Stored): Html | string {
  const target = `${stored.type}/${stored.id}`
  if (closures.includes('*')) return textsOf(viewer.lang).closed
  if (stored.closed && !closures.includes(target)) return textsOf(viewer.lang).closedWithVisit
  return form(viewer, code, target, closures.includes(target))
}

function form({ lang, session }: Viewer, patient: string, target: string, closed: boolean): Html {
  const t = textsOf(lang)
  const all = target === '*'
  const label = closed ? (all ? t.reopenAll : t.reopen) : all ? t.closeAll : t.close
  return html`${closed && !all ? t.closed : ''}<form method="post" action="${closed ? '/reopen' : '/close'}">${token(session)}
<input type="hidden" name="of" value="${patient}"><input type="hidden" name="target" value="${target}">
<button class="second">${label}</button></form>`
}

/** Who looked into the record of a patient, by name. */
export function lookedPage(
  viewer: Viewer,
  record: Pick<Record, 'code' | 'name'>,
  events: readonly Stored[],
): Html {
  const { lang } = viewer
  const t = textsOf(lang)
  const rows = events.map(({ body }) => {
    const agent = fields(items(body.agent)[0])
    const purpose = fields(items(body.purposeOfEvent)[0])
    const code = text(fields(items(purpose.coding)[0]).code) as TextName
    return html`<tr><td>${formatDateTime(lang, text(body.recorded) ?? '')}</td><td>${text(fields(agent.who).display)}</td>
<td>${text(fields(body.source).site)}</td><td>${t[body.action as TextName]}</td><td>${t[code] ?? conceptName(lang, purpose)}${purpose.text ? html`: ${text(purpose.text)}` : ''}</td></tr>`
  })
  const content =
    rows.length === 0
      ? html`<p>${t.nothing}</p>`
      : html`<table><thead><tr><th scope="col">${t.date}</th><th scope="col">${t.who}</th><th scope="col">${t.institution}</th><th scope="col">${t.what}</th>
<th scope="col">${t.why}</th></tr></thead><tbody>${rows}</tbody></table>`
  return frame(viewer, record.name ? `${t.looked}${t.colon}${record.name}` : t.looked, content)
}
