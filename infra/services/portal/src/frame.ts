import { type Html, html, type Lang, page } from '../../kit/html.ts'
import type { Session } from './sessions.ts'
import { type TextName, textsOf } from './texts.ts'

export interface Reader {
  readonly lang: Lang
  readonly session: Session
  readonly official: boolean
}

/** A page of somebody who is logged in. */
export function frame({ lang, session, official }: Reader, title: string, content: Html): Html {
  const t = textsOf(lang)
  const nav = [
    { href: '/mailbox', label: t.mailbox },
    { href: '/data', label: t.data },
    { href: '/tracker', label: t.tracker },
    ...(official ? [{ href: '/desk', label: t.desk }] : []),
  ]
  const leave = html`<form method="post" action="/logout">${token(session)}
<p>${session.name} <button class="second">${t.logout}</button></p></form>`
  return page({ lang, service: t.service, title, content: html`${content}${leave}`, nav })
}

/** Every form that changes something carries it. */
export const token = (session: Session): Html =>
  html`<input type="hidden" name="csrf" value="${session.csrf}">`

export function messagePage(reader: Reader, title: TextName, said: TextName): Html {
  const t = textsOf(reader.lang)
  return frame(reader, t[title], html`<p class="notice bad" role="alert">${t[said]}</p>`)
}

export function welcomePage(lang: Lang, said: TextName | null): Html {
  const t = textsOf(lang)
  const content = html`${said ? html`<p class="notice" role="status">${t[said]}</p>` : ''}
<p>${t.welcome}</p><p><a class="button" href="/login">${t.login}</a></p>`
  return page({ lang, service: t.service, title: t.service, content })
}
