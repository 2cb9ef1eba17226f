import { type Html, html, type Lang, page } from '../../../kit/html.ts'
import { textsOf } from '../texts.ts'
import { PURPOSES, type Purpose } from './purposes.ts'
import type { Verification } from './verifications.ts'

const frame = (lang: Lang, title: string, content: Html): Html => {
  const t = textsOf(lang)
  const nav = [
    { href: '/', label: t.mine },
    { href: '/verify', label: t.verify },
  ]
  return page({ lang, service: t.service, title, content, nav })
}

/** Who asks for credentials. */
export function purposesPage(lang: Lang): Html {
  const t = textsOf(lang)
  const tiles = PURPOSES.map(
    ({ id }) => html`<li class="tile"><a href="/verify/${id}">${t[id]}</a><br>${t[`${id}How`]}</li>`,
  )
  return frame(lang, t.verify, html`<p>${t.verifyHow}</p><ul class="tiles">${tiles}</ul>`)
}

export function purposePage(lang: Lang, { id }: Purpose): Html {
  const t = textsOf(lang)
  const content = html`<p>${t[`${id}How`]}</p><p>${t.verifyHow}</p>
<form method="post" action="/verify/${id}">
<button name="device" value="same">${t.sameDevice}</button>
<button name="device" value="other" class="second">${t.otherDevice}</button></form>`
  return frame(lang, t[id], content)
}

/** The request for the wallet, or what came of it. `verification` is null for a browser that did not ask. */
export function outcomePage(lang: Lang, verification: Verification | null, link: string): Html {
  const t = textsOf(lang)
  if (!verification) return frame(lang, t.verify, html`<p class="notice bad" role="alert">${t.notFound}</p>`)
  const { purpose, state, reason, claims } = verification
  const title = t[purpose.id]
  if (state === 'refused')
    return frame(
      lang,
      title,
      html`<p class="notice bad" role="status">${t.refused}${t.colon}${t[reason ?? 'notValid']}</p>
<p><a class="button" href="/verify/${purpose.id}">${t.verify}</a></p>`,
    )
  if (state === 'accepted' && claims) {
    const said = purpose.named
      ? html`${t.welcomeReader} ${claims.given_name} ${claims.family_name} (${claims.personal_administrative_number})`
      : t.adult
    return frame(lang, title, html`<p class="notice good" role="status">${t.accepted}. ${said}</p>`)
  }
  const content = html`<meta http-equiv="refresh" content="3"><p role="status">${t.waiting}</p>
<p><a class="button" href="${link}">${t.openWallet}</a></p>
<dl><dt>${t.offerAddress}</dt><dd><code>${link}</code></dd></dl>`
  return frame(lang, title, content)
}
