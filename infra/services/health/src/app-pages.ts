import { token } from '../../kit/frame.ts'
import { type Html, html, type Lang, page } from '../../kit/html.ts'
import type { Session } from '../../kit/sessions.ts'
import type { App } from './apps.ts'
import type { Child } from './family.ts'
import { frame } from './record-pages.ts'
import { textsOf } from './texts.ts'

/** Whether an app may read, and whose record. */
export function appPage(
  lang: Lang,
  session: Session,
  app: App,
  {
    hidden,
    people,
  }: { readonly hidden: readonly (readonly [string, string])[]; readonly people: readonly Child[] },
): Html {
  const t = textsOf(lang)
  const content = html`<p><strong>${app.name}</strong> ${t.appAsks}</p>
<form method="post" action="/auth/authorize">${token(session)}
${hidden.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<label for="patient">${t.whose}</label><select id="patient" name="patient">
${people.map(({ code, name }) => html`<option value="${code}">${name}</option>`)}</select><br>
<button name="allow" value="yes">${t.allow}</button><button class="second" name="allow" value="no">${t.deny}</button></form>`
  return frame({ lang, session, doctor: false }, app.name, content)
}

export function appRefusedPage(lang: Lang): Html {
  const t = textsOf(lang)
  const content = html`<p class="notice bad" role="alert">${t.unknownApp}</p>`
  return page({ lang, service: t.service, title: t.refused, content })
}
