import { formatDateTime } from '../../kit/dates.ts'
import { type Html, html, type Lang, page } from '../../kit/html.ts'
import type { Person } from './certificate.ts'
import type { LoginRecord } from './history.ts'
import type { PhoneSession } from './phone-login.ts'
import { textsOf } from './texts.ts'

export type Offer = 'idcard' | 'mid' | 'smartid'
export type Problem = 'refused' | 'badInput' | 'phoneRefused' | 'suspended' | 'tooMany'

export interface LoginPage {
  readonly lang: Lang
  /** Path of this login, without a slash at the end. */
  readonly path: string
  readonly service: string
  readonly offers: readonly Offer[]
  readonly nonce: string
  readonly problem?: Problem
}

const alert = (text: string): Html => html`<p class="notice bad" role="alert">${text}</p>`

/** A form that the card answers; `more` are further fields of it. */
export function challenge(lang: Lang, action: string, nonce: string, more: Html | '' = ''): Html {
  const t = textsOf(lang)
  return html`<form method="post" action="${action}">${more}<p>${t.idcardHow}</p>
<label for="nonce">${t.challenge}</label><input id="nonce" name="nonce" value="${nonce}" readonly>
<label for="token">${t.cardAnswer}</label><textarea id="token" name="token" rows="4" required></textarea><br>
<button>${t.continue}</button></form>`
}

export function loginPage({ lang, path, service, offers, nonce, problem }: LoginPage): Html {
  const t = textsOf(lang)
  const code = (id: string): Html => html`<label for="${id}">${t.code}</label>
<input id="${id}" name="code" inputmode="numeric" autocomplete="off" pattern="[0-9]{11}" maxlength="11" required>`
  const content = html`${problem ? alert(t[problem]) : ''}
${offers.includes('idcard') ? html`<section><h2>${t.idcard}</h2>${challenge(lang, `${path}/idcard`, nonce)}</section>` : ''}
${
  offers.includes('mid')
    ? html`<section><h2>${t.mid}</h2><form method="post" action="${path}/mid">${code('mid-code')}
<label for="phone">${t.phone}</label><input id="phone" name="phone" type="tel" autocomplete="tel" required><br>
<button>${t.continue}</button></form></section>`
    : ''
}
${
  offers.includes('smartid')
    ? html`<section><h2>${t.smartid}</h2><form method="post" action="${path}/smartid">${code('smartid-code')}<br>
<button>${t.continue}</button></form></section>`
    : ''
}
<form method="post" action="${path}/cancel"><button class="second">${t.cancel}</button></form>`
  return page({ lang, service: t.service, title: `${t.loginTo} ${service}`, content })
}

/** Shown, and loaded again by the header `Refresh`, until the phone has answered. */
export function waitPage(lang: Lang, path: string, session: PhoneSession): Html {
  const t = textsOf(lang)
  const content = html`<p>${t.control}${t.colon}<strong id="control">${session.control}</strong></p><p>${t.waitHow}</p>
<form method="post" action="${path}/cancel"><button class="second">${t.cancel}</button></form>`
  return page({ lang, service: t.service, title: t.waitTitle, content })
}

export function expiredPage(lang: Lang): Html {
  const t = textsOf(lang)
  return page({ lang, service: t.service, title: t.expiredTitle, content: html`<p>${t.expired}</p>` })
}

/** For a request that the provider refuses and can not send back. */
export function errorPage(lang: Lang, why: string): Html {
  const t = textsOf(lang)
  return page({
    lang,
    service: t.service,
    title: t.expiredTitle,
    content: html`<p>${t.expired}</p><p><code>${why}</code></p>`,
  })
}

export function homePage(lang: Lang, nonce: string, refused: boolean): Html {
  const t = textsOf(lang)
  const content = html`<p>${t.home}</p>${refused ? alert(t.refused) : ''}
<h2>${t.history}</h2>${challenge(lang, '/history', nonce)}
<h2>${t.cardTitle}</h2><p><a href="/card">${t.cardLink}</a></p>`
  return page({ lang, service: t.service, title: t.service, content })
}

export function historyPage(
  lang: Lang,
  { code, given, family }: Person,
  records: readonly LoginRecord[],
): Html {
  const t = textsOf(lang)
  const content = html`<p data-code="${code}">${t.historyOf} ${given} ${family}</p>
<table><thead><tr><th>${t.when}</th><th>${t.where}</th><th>${t.how}</th></tr></thead><tbody>
${records.map(
  ({
    id,
    at,
    service,
    method,
  }) => html`<tr id="login-${id}"><td><time datetime="${at.toISOString()}">${formatDateTime(lang, at)}</time></td>
<td>${service}</td><td>${method}</td></tr>`,
)}</tbody></table>`
  return page({ lang, service: t.service, title: t.history, content })
}
