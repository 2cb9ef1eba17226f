import { type Html, html, type Lang, page } from '../../kit/html.ts'
import { findClient } from './clients.ts'
import type { Consent } from './consents.ts'
import { textsOf } from './texts.ts'
import { cardForm } from './welcome-pages.ts'

function frame(lang: Lang, content: Html): Html {
  const { service, consentTitle } = textsOf(lang)
  return page({ lang, service, title: consentTitle, content })
}

function asked(lang: Lang, { client, purpose }: Consent): Html {
  const t = textsOf(lang)
  return html`<p>${t.asks}</p><dl><dt>${t.requester}</dt><dd><strong>${findClient(client)?.name[lang] ?? client}</strong></dd>
<dt>${t.purpose}</dt><dd>${purpose}</dd></dl>`
}

/** Who asks for what, and the card of the person it is about. */
export function cardPage(lang: Lang, consent: Consent, challenge: string, refused: boolean): Html {
  const t = textsOf(lang)
  const items = consent.items.map((item) => html`<li>${t[item]}</li>`)
  const form = cardForm(lang, `/consent/${consent.id}/card`, challenge, refused)
  return frame(lang, html`${asked(lang, consent)}<ul>${items}</ul>${form}`)
}

/** The decision: each item can be left out. */
export function consentPage(lang: Lang, consent: Consent, challenge: string): Html {
  const t = textsOf(lang)
  const items = consent.items.map(
    (item) => html`<p><input type="checkbox" id="${item}" name="item" value="${item}" checked>
<label for="${item}">${t[item]}</label></p>`,
  )
  const content = html`${asked(lang, consent)}<form method="post" action="/consent/${consent.id}/decision">
<input type="hidden" name="challenge" value="${challenge}">${items}
<button name="decision" value="allow">${t.allow}</button><button class="second" name="decision" value="deny">${t.deny}</button></form>`
  return frame(lang, content)
}

export const lostPage = (lang: Lang): Html =>
  frame(lang, html`<p class="notice bad" role="alert">${textsOf(lang).lost}</p>`)
