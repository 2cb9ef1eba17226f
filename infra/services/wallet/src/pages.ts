import type { LoginTrouble } from '../../kit/citizens.ts'
import { formatDateTime } from '../../kit/dates.ts'
import { frame as serviceFrame, token, welcomeFrame } from '../../kit/frame.ts'
import { type Html, html, type Lang } from '../../kit/html.ts'
import type { Session } from '../../kit/sessions.ts'
import type { Offer } from './issuer/offers.ts'
import type { Held } from './status-list.ts'
import { type TextName, textsOf } from './texts.ts'

/** Who reads a page; officials find the way to their desk there. */
export type Reader = Session & { readonly official: boolean }

function frame(lang: Lang, session: Reader, title: TextName, content: Html): Html {
  const t = textsOf(lang)
  const nav = [
    { href: '/', label: t.mine },
    { href: '/verify', label: t.verify },
    ...(session.official ? [{ href: '/desk', label: t.desk }] : []),
  ]
  return serviceFrame({ lang, service: t.service, title: t[title], content, session, nav })
}

export function welcomePage(lang: Lang, said: LoginTrouble | null): Html {
  const { service, welcome } = textsOf(lang)
  return welcomeFrame({ lang, service, welcome, said })
}

const notice = (lang: Lang, said: TextName | null): Html | '' =>
  said
    ? html`<p class="notice ${said === 'revokedNow' ? 'good' : 'bad'}" role="status">${textsOf(lang)[said]}</p>`
    : ''

export function messagePage(lang: Lang, session: Reader, said: TextName): Html {
  return frame(lang, session, 'mine', html`${notice(lang, said)}`)
}

function heldTable(
  lang: Lang,
  session: Session,
  held: readonly Held[],
  revokeAt: (id: number) => string,
  extra: Html | '',
): Html {
  const t = textsOf(lang)
  if (held.length === 0) return html`<p>${t.none}</p>`
  const rows = held.map(
    ({ id, issuedAt, expiresAt, revokedAt }) =>
      html`<tr><td>${id}</td><td>${formatDateTime(lang, issuedAt)}</td><td>${formatDateTime(lang, expiresAt)}</td>
<td>${revokedAt ? t.revokedState : t.valid}</td><td>${
        revokedAt
          ? ''
          : html`<form method="post" action="${revokeAt(id)}">${token(session)}${extra}<button class="second">${t.revoke}</button></form>`
      }</td></tr>`,
  )
  return html`<table><thead><tr><th>${t.number}</th><th>${t.issued}</th><th>${t.until}</th><th>${t.state}</th><th></th></tr></thead>
<tbody>${rows}</tbody></table>`
}

export function minePage(lang: Lang, session: Reader, held: readonly Held[], said: TextName | null): Html {
  const t = textsOf(lang)
  const content = html`${notice(lang, said)}<p>${t.welcome}</p>
<form method="post" action="/offers">${token(session)}<button>${t.get}</button></form>
${heldTable(lang, session, held, (id) => `/credentials/${id}/revoke`, '')}`
  return frame(lang, session, 'mine', content)
}

/** The offer for the wallet, and the PIN that only the citizen sees. */
export function offerPage(lang: Lang, session: Reader, offer: Offer, link: string): Html {
  const t = textsOf(lang)
  if (offer.state !== 'open') return messagePage(lang, session, 'offerUsed')
  const content = html`<p><a class="button" href="${link}">${t.openWallet}</a></p>
<dl><dt>${t.pin}</dt><dd><strong>${offer.pin}</strong></dd>
<dt>${t.offerAddress}</dt><dd><code>${link}</code></dd></dl><p class="notice">${t.pinHow}</p>`
  return frame(lang, session, 'offer', content)
}

/** For officials: the credentials of `code`, when one was asked for. */
export function deskPage(
  lang: Lang,
  session: Reader,
  found: { readonly code: string; readonly held: readonly Held[] } | null,
  said: TextName | null,
): Html {
  const t = textsOf(lang)
  const content = html`${notice(lang, said)}<p>${t.deskHow}</p>
<form method="post" action="/desk">${token(session)}
<label for="code">${t.code}</label><input id="code" name="code" inputmode="numeric" autocomplete="off" required value="${found?.code ?? ''}"><br>
<button>${t.find}</button></form>
${
  found
    ? heldTable(
        lang,
        session,
        found.held,
        (id) => `/desk/${id}/revoke`,
        html`<input type="hidden" name="code" value="${found.code}">`,
      )
    : ''
}`
  return frame(lang, session, 'desk', content)
}
