import { formatDate, formatDateTime, formatMoney } from '../../kit/dates.ts'
import { frame as serviceFrame, token } from '../../kit/frame.ts'
import { type Html, html, type Lang } from '../../kit/html.ts'
import type { Session } from '../../kit/sessions.ts'
import type { Application } from './applications.ts'
import type { Certificate } from './certificates.ts'
import type { IncomeCertificate } from './income.ts'
import type { exchangesOf } from './records.ts'
import type { Resident } from './resident.ts'
import type { Fetching } from './self-information.ts'
import { type TextName, textsOf } from './texts.ts'

function frame(lang: Lang, session: Session, title: TextName, content: Html): Html {
  const t = textsOf(lang)
  const nav = [
    { href: '/', label: t.mine },
    { href: '/history', label: t.history },
  ]
  return serviceFrame({ lang, service: t.service, title: t[title], content, session, nav })
}

const notice = (kind: 'good' | 'bad', text: string): Html =>
  html`<p class="notice ${kind}" role="status">${text}</p>`

export const messagePage = (lang: Lang, session: Session, said: TextName): Html =>
  frame(lang, session, 'mine', notice('bad', textsOf(lang)[said]))

/** The number is shown to nobody in full, as over the shoulder it is read easily. */
const masked = (number: string): string => `•••• •••• ${number.slice(-4)}`

interface Overview {
  readonly resident: Resident
  readonly certificates: readonly Certificate[]
  readonly code: string | null
  readonly applications: readonly Application[]
}

export function homePage(lang: Lang, session: Session, all: Overview, said: 'linked' | null): Html {
  const t = textsOf(lang)
  const { resident, code } = all
  const link = html`<form method="post" action="/link">${token(session)}<button class="second">${t.link}</button></form>`
  const fetchIncome = html`<form method="post" action="/income">${token(session)}<button>${t.fetchIncome}</button></form>`
  const content = html`${said ? notice('good', t[said]) : ''}
<dl><dt>${t.number}</dt><dd>${masked(resident.number)}</dd><dt>${t.name}</dt><dd>${resident.name}</dd>
<dt>${t.address}</dt><dd>${resident.address}</dd><dt>${t.birth}</dt><dd>${formatDate(lang, resident.birth)}</dd>
<dt>${t.sex}</dt><dd>${t[resident.sex]}</dd><dt>${t.meremaa}</dt><dd>${code ?? t.notLinked}</dd></dl>
${code ? fetchIncome : link}
<h2>${t.certificates}</h2>${certificateTable(lang, all.certificates)}
<h2>${t.move}</h2><p>${t.moveHelp}</p>${draftForm(t.newAddress, t.goOn, 'move', 'address')}
<h2>${t.message}</h2>${draftForm(t.words, t.goOn, 'message', 'message')}
<h2>${t.applications}</h2>${applicationTable(lang, all.applications)}`
  return frame(lang, session, 'mine', content)
}

const draftForm = (label: string, button: string, kind: string, field: string): Html =>
  html`<form method="get" action="/applications/new"><input type="hidden" name="kind" value="${kind}">
<label for="${field}">${label}</label><input id="${field}" name="${field}" maxlength="200" required><br><button class="second">${button}</button></form>`

function certificateTable(lang: Lang, certificates: readonly Certificate[]): Html {
  const t = textsOf(lang)
  const rows = certificates.slice(0, 8).map(({ use, serial, notAfter, revoked, reason }) => {
    const state = revoked
      ? `${t.revoked} ${formatDateTime(lang, revoked)}: ${t[reason ?? 'superseded']}`
      : `${t.valid} ${formatDate(lang, notAfter)}`
    return html`<tr><td>${t[use]}</td><td>${serial}</td><td>${state}</td></tr>`
  })
  return html`<table><thead><tr><th>${t.certificates}</th><th>${t.serial}</th><th>${t.state}</th></tr></thead><tbody>${rows}</tbody></table>`
}

function applicationTable(lang: Lang, applications: readonly Application[]): Html {
  const t = textsOf(lang)
  if (applications.length === 0) return html`<p>${t.none}</p>`
  const rows = applications.map(
    ({ id, kind, received }) =>
      html`<tr><td>${formatDateTime(lang, received)}</td><td>${t[kind]}</td><td>${id}</td></tr>`,
  )
  return html`<table><thead><tr><th>${t.when}</th><th>${t.applications}</th><th>${t.serial}</th></tr></thead><tbody>${rows}</tbody></table>`
}

/** The text that the card signs, as the person reads it. */
export function signPage(lang: Lang, session: Session, document: string): Html {
  const t = textsOf(lang)
  const content = html`<p>${t.signHelp}</p><form method="post" action="/applications">${token(session)}
<label for="document">${t.document}</label><textarea id="document" name="document" rows="6" readonly>
${document}</textarea>
<label for="token">${t.cardAnswer}</label><textarea id="token" name="token" rows="3" autocomplete="off" required></textarea><br>
<button>${t.sign}</button></form>`
  return frame(lang, session, 'sign', content)
}

export function incomePage(lang: Lang, session: Session, { state, result }: Fetching): Html {
  const t = textsOf(lang)
  const fetched = result?.['income-certificate']
  const answer = (): Html => {
    if (fetched && 'certificate' in fetched) return incomeTable(lang, fetched.certificate)
    return notice('bad', fetched?.error === 'not_linked' ? t.notLinked : t.notAvailable)
  }
  const content = state === 'processing' ? html`<p role="status">${t.waiting}</p>` : answer()
  return frame(lang, session, 'income', content)
}

function incomeTable(lang: Lang, { number, year, payers, gross, withheld }: IncomeCertificate): Html {
  const t = textsOf(lang)
  const row = (name: string, paid: number, kept: number): Html =>
    html`<tr><td>${name}</td><td class="number">${formatMoney(lang, paid)}</td><td class="number">${formatMoney(lang, kept)}</td></tr>`
  return html`<dl><dt>${t.serial}</dt><dd>${number}</dd><dt>${t.year}</dt><dd>${year}</dd></dl>
<table><thead><tr><th>${t.payer}</th><th class="number">${t.gross}</th><th class="number">${t.withheld}</th></tr></thead>
<tbody>${payers.map((one) => row(one.payer, one.gross, one.withheld))}</tbody><tfoot>${row('', gross, withheld)}</tfoot></table>`
}

export function historyPage(
  lang: Lang,
  session: Session,
  exchanges: Awaited<ReturnType<typeof exchangesOf>>,
): Html {
  const t = textsOf(lang)
  const rows = exchanges.map(
    (
      e,
    ) => html`<tr><td>${formatDateTime(lang, e.at)}</td><td>${e.requester[lang]}</td><td>${e.provider[lang]}</td>
<td>${t[e.item]}</td><td>${e.purpose}</td></tr>`,
  )
  const table = html`<table><thead><tr><th>${t.when}</th><th>${t.requester}</th><th>${t.provider}</th><th>${t.item}</th><th>${t.purpose}</th></tr></thead>
<tbody>${rows}</tbody></table>`
  return frame(lang, session, 'history', rows.length > 0 ? table : html`<p>${t.none}</p>`)
}
