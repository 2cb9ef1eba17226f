import { type Html, html, type Lang, page } from '../../kit/html.ts'
import { challenge } from './pages.ts'
import { textsOf } from './texts.ts'

export type CardOutcome =
  | { readonly said: 'onHold'; readonly restoreCode: string }
  | { readonly said: 'alreadyOnHold' | 'lifted' | 'wrongCode' | 'refused' }

/** Where a person puts their card on hold or lifts that; `outcome` is what came of the last try. */
export function cardPage(lang: Lang, nonce: string, outcome: CardOutcome | null): Html {
  const t = textsOf(lang)
  const good = outcome?.said === 'onHold' || outcome?.said === 'lifted'
  const said = outcome
    ? html`<p class="notice ${good ? 'good' : 'bad'}" role="${good ? 'status' : 'alert'}">${t[outcome.said]}
${outcome.said === 'onHold' ? html`<strong id="restore">${outcome.restoreCode}</strong>` : ''}</p>`
    : ''
  const choice = html`<fieldset><legend>${t.cardWhat}</legend>
<label><input type="radio" name="action" value="suspend" checked> ${t.cardSuspend}</label>
<label><input type="radio" name="action" value="lift"> ${t.cardLift}</label>
<label for="code">${t.restoreCode}</label><input id="code" name="restore" autocomplete="off"></fieldset>`
  return page({
    lang,
    service: t.service,
    title: t.cardTitle,
    content: html`${said}<p>${t.cardHow}</p>${challenge(lang, '/card', nonce, choice)}`,
  })
}
