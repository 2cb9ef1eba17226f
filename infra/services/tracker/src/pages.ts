import type { Answer } from '../../kit/ask-register.ts'
import type { LoginTrouble } from '../../kit/citizens.ts'
import { formatDateTime } from '../../kit/dates.ts'
import type { Relative } from '../../kit/family.ts'
import { frame, welcomeFrame } from '../../kit/frame.ts'
import { type Html, html, type Lang } from '../../kit/html.ts'
import { MEMBERS, type SubsystemName } from '../../kit/members.ts'
import type { Session } from '../../kit/sessions.ts'
import { textsOf } from './texts.ts'
import type { RegisterUsage, Usages } from './usages.ts'

export function welcomePage(lang: Lang, said: LoginTrouble | null): Html {
  const { service, welcome } = textsOf(lang)
  return welcomeFrame({ lang, service, welcome, said })
}

export function refusedPage(lang: Lang, session: Session): Html {
  const t = textsOf(lang)
  const content = html`<p class="notice bad" role="alert">${t.noMandate}</p>`
  return frame({ lang, service: t.service, title: t.looks, content, session })
}

/** Who looked, register by register. A register that failed is named as such, never shown as empty. */
export function usagePage(
  lang: Lang,
  session: Session,
  shown: {
    readonly of: string
    /** The one register that was asked, '' for all of `choices`. */
    readonly only: string
    readonly choices: readonly SubsystemName[]
    readonly from: string
    readonly to: string
    readonly people: Answer<readonly Relative[]>
    readonly registers: readonly RegisterUsage[]
  },
): Html {
  const t = textsOf(lang)
  const { of, only, choices, from, to, people, registers } = shown
  const nameOf = (register: SubsystemName): string =>
    register === 'tracker' ? t.reported : MEMBERS[register].name[lang]
  const option = (value: string, name: string, chosen = of): Html =>
    html`<option value="${value}"${value === chosen ? html` selected` : ''}>${name}</option>`
  const content = html`<p>${t.how}</p><form method="get" action="/">
<label for="of">${t.about}</label><select id="of" name="of">${option(session.code, session.name)}
${people.asked ? people.value.map(({ code, given, family }) => option(code, `${given} ${family}`)) : ''}</select>
${people.asked ? '' : html`<p class="notice bad">${t.familySilent}</p>`}
<label for="register">${t.register}</label><select id="register" name="register">${option('', t.all, only)}
${choices.map((register) => option(register, nameOf(register), only))}</select>
<label for="from">${t.from}</label><input id="from" name="from" type="date" value="${from}">
<label for="to">${t.to}</label><input id="to" name="to" type="date" value="${to}"><br><button>${t.show}</button></form>
${registers.map(
  ({ register, answer }) => html`<section><h2>${nameOf(register)}</h2>
${answer.asked ? table(lang, answer.value) : html`<p class="notice bad">${t.silent}</p>`}</section>`,
)}`
  return frame({ lang, service: t.service, title: t.looks, content, session })
}

function table(lang: Lang, { total, usages }: Usages): Html {
  const t = textsOf(lang)
  if (total === 0) return html`<p>${t.nobody}</p>`
  const rows = usages.map(
    (usage) => html`<tr><td>${formatDateTime(lang, usage.logtime)}</td><td>${usage.action}</td>
<td>${usage.receiverName || usage.receiverCode} (${usage.receiverSystem})</td></tr>`,
  )
  return html`<p>${t.inAll}${t.colon}${total}</p><table><thead><tr><th>${t.when}</th><th>${t.what}</th><th>${t.who}</th></tr></thead>
<tbody>${rows}</tbody></table>`
}
