import type { LoginTrouble } from '../../kit/citizens.ts'
import { frame as serviceFrame, welcomeFrame } from '../../kit/frame.ts'
import { type Html, html, type Lang } from '../../kit/html.ts'
import type { Session } from '../../kit/sessions.ts'
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
  return serviceFrame({ lang, service: t.service, title, content, session, nav })
}

export function messagePage(reader: Reader, title: TextName, said: TextName): Html {
  const t = textsOf(reader.lang)
  return frame(reader, t[title], html`<p class="notice bad" role="alert">${t[said]}</p>`)
}

export function welcomePage(lang: Lang, said: LoginTrouble | null): Html {
  const { service, welcome } = textsOf(lang)
  return welcomeFrame({ lang, service, welcome, said })
}
