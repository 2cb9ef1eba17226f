import type { LoginTrouble } from '../../kit/citizens.ts'
import { formatDateTime } from '../../kit/dates.ts'
import { frame, token, welcomeFrame } from '../../kit/frame.ts'
import { type Html, html, type Lang } from '../../kit/html.ts'
import type { Session } from '../../kit/sessions.ts'
import { type Contract, shownHash } from './contracts.ts'
import { textsOf } from './texts.ts'
import type { SignatureReport } from './validate.ts'

const nav = (lang: Lang) => [
  { href: '/', label: textsOf(lang).contracts },
  { href: '/validate', label: textsOf(lang).check },
]

export const framed = (lang: Lang, session: Session | null, title: string, content: Html): Html =>
  frame({ lang, service: textsOf(lang).service, title, content, session, nav: nav(lang) })

export function welcomePage(lang: Lang, said: LoginTrouble | null): Html {
  const t = textsOf(lang)
  return welcomeFrame({ lang, service: t.service, welcome: t.welcome, said })
}

export const bad = (text: string): Html => html`<p class="notice bad" role="alert">${text}</p>`

export function homePage(
  lang: Lang,
  session: Session,
  contracts: readonly Pick<Contract, 'id' | 'title' | 'ownerName'>[],
): Html {
  const t = textsOf(lang)
  const list =
    contracts.length === 0
      ? html`<p>${t.none}</p>`
      : html`<ul>${contracts.map(
          ({ id, title, ownerName }) =>
            html`<li><a href="/contracts/${id}">${title}</a> · ${t.by} ${ownerName}</li>`,
        )}</ul>`
  const draft = html`<h2>${t.draft}</h2><form method="post" action="/contracts">${token(session)}
<label for="title">${t.title}</label><input id="title" name="title" maxlength="100" required>
<label for="body">${t.text}</label><textarea id="body" name="body" rows="8" maxlength="20000" required></textarea><br>
<button>${t.save}</button></form>`
  return framed(lang, session, t.contracts, html`${list}${draft}`)
}

export function signatureList(lang: Lang, signatures: readonly SignatureReport[]): Html {
  const t = textsOf(lang)
  if (signatures.length === 0) return html`<p>${t.unsigned}</p>`
  return html`<ul>${signatures.map(
    ({ signer, at, covers, problem }) =>
      html`<li data-signer="${signer?.code ?? ''}">${signer?.name ?? '?'} ${at ? html`<time datetime="${at.toISOString()}">${formatDateTime(lang, at)}</time>` : ''}
· ${covers.join(', ')}${problem ? bad(problem) : ''}</li>`,
  )}</ul>`
}

export function contractPage(
  lang: Lang,
  session: Session,
  contract: Contract,
  signatures: readonly SignatureReport[],
  said: Html | '' = '',
): Html {
  const t = textsOf(lang)
  const { id, owner, ownerName, partner, title, body, container } = contract
  const own = owner === session.code
  const change =
    own && !container
      ? html`<form method="post" action="/contracts/${id}">${token(session)}<label for="body">${t.text}</label>
<textarea id="body" name="body" rows="8" maxlength="20000" required>${body}</textarea><br><button class="second">${t.save}</button></form>`
      : ''
  const invite =
    own && !partner
      ? html`<form method="post" action="/contracts/${id}/invite">${token(session)}<label for="code">${t.invite}</label>
<input id="code" name="code" inputmode="numeric" pattern="[0-9]{11}" required><br><button class="second">${t.send}</button></form>`
      : partner
        ? html`<p>${t.invited}${t.colon}${partner}</p>`
        : ''
  const sign = signatures.some(({ signer }) => signer?.code === session.code)
    ? ''
    : html`<h2>${t.sign}</h2><p>${t.signHow}</p><form method="post" action="/contracts/${id}/prepare">${token(session)}
<input type="hidden" name="shown" value="${shownHash(contract)}">
<label for="certificate">${t.certificate}</label><textarea id="certificate" name="certificate" rows="3" required></textarea><br>
<button>${t.continue}</button></form>`
  const content = html`${said}<p>${t.by} ${ownerName}</p><pre class="notice" id="body-shown">${body}</pre>${change}
<h2>${t.signatures}</h2>${signatureList(lang, signatures)}
${container ? html`<p><a class="button" href="/contracts/${id}/download">${t.download}</a></p>` : ''}
${invite}${sign}`
  return framed(lang, session, title, content)
}

export function signPage(
  lang: Lang,
  session: Session,
  contract: Contract,
  signature: { readonly id: string; readonly data: string },
): Html {
  const t = textsOf(lang)
  const content = html`<pre class="notice">${contract.body}</pre><p>${t.cardSigns}</p>
<form method="post" action="/contracts/${contract.id}/sign">${token(session)}<input type="hidden" name="id" value="${signature.id}">
<label for="data">${t.toSign}</label><textarea id="data" name="data" rows="4" readonly>${signature.data}</textarea>
<label for="signature">${t.signature}</label><textarea id="signature" name="signature" rows="3" required></textarea><br>
<button>${t.sign}</button></form>`
  return framed(lang, session, contract.title, content)
}
