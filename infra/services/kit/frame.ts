import { type Html, html, type Lang, page } from './html.ts'
import type { Session } from './sessions.ts'
import { textTable } from './texts.ts'

const textsOf = textTable({})

/** Every form that changes something carries it. */
export const token = (session: Session): Html =>
  html`<input type="hidden" name="csrf" value="${session.csrf}">`

/** A page of a service; for somebody who is logged in with their name and the way out. */
export function frame(options: {
  readonly lang: Lang
  readonly service: string
  readonly title: string
  readonly content: Html
  readonly session: Session | null
  readonly nav?: readonly { readonly href: string; readonly label: string }[]
}): Html {
  const { session, content, ...rest } = options
  const leave = session
    ? html`<form method="post" action="/logout">${token(session)}
<p>${session.name} <button class="second">${textsOf(options.lang).logout}</button></p></form>`
    : ''
  return page({ ...rest, content: html`${content}${leave}` })
}

/** The front page of somebody who is not logged in: one sentence, and the way in; `more` for another way. */
export function welcomeFrame(options: {
  readonly lang: Lang
  readonly service: string
  readonly welcome: string
  readonly said: 'cancelled' | 'loginFailed' | null
  readonly more?: Html
}): Html {
  const { lang, service, welcome, said, more = '' } = options
  const t = textsOf(lang)
  const content = html`${said ? html`<p class="notice" role="status">${t[said]}</p>` : ''}
<p>${welcome}</p><p><a class="button" href="/login">${t.login}</a></p>${more}`
  return page({ lang, service, title: service, content })
}
