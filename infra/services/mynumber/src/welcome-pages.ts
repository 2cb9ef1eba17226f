import type { LoginTrouble } from '../../kit/citizens.ts'
import { welcomeFrame } from '../../kit/frame.ts'
import { type Html, html, type Lang, page } from '../../kit/html.ts'
import { textsOf } from './texts.ts'

export function welcomePage(lang: Lang, said: LoginTrouble | null): Html {
  const { service, welcome } = textsOf(lang)
  return welcomeFrame({ lang, service, welcome, said })
}

/** Where the card's program finds the challenge and puts its answer. */
export function cardForm(lang: Lang, action: string, challenge: string, refused: boolean): Html {
  const t = textsOf(lang)
  return html`${refused ? html`<p class="notice bad" role="alert">${t.cardRefused}</p>` : ''}
<p>${t.cardHelp}</p>
<form method="post" action="${action}"><input type="hidden" name="challenge" value="${challenge}">
<label for="token">${t.cardAnswer}</label><textarea id="token" name="token" rows="3" autocomplete="off" required></textarea><br>
<button>${t.goOn}</button></form>`
}

export function loginPage(lang: Lang, challenge: string, refused: boolean): Html {
  const { service, loginTitle } = textsOf(lang)
  return page({ lang, service, title: loginTitle, content: cardForm(lang, '/login', challenge, refused) })
}
