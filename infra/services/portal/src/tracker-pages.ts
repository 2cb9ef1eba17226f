import type { Answer } from '../../kit/ask-register.ts'
import { formatDateTime } from '../../kit/dates.ts'
import { type Html, html } from '../../kit/html.ts'
import { frame, type Reader } from './frame.ts'
import { told } from './home-pages.ts'
import { textsOf } from './texts.ts'
import type { RegisterUsage, Usage } from './tracker.ts'

/** Who looked at a person's data, register by register. A register that failed is named as such, never shown as empty. */
export function trackerPage(reader: Reader, of: string, answer: Answer<readonly RegisterUsage[]>): Html {
  const t = textsOf(reader.lang)
  const content = html`<p>${t.trackerHow} <a href="http://tracker/login">${t.trackerMore}</a></p><form method="get" action="/tracker">
<label for="of">${t.trackerOf}</label><input id="of" name="of" inputmode="numeric" value="${of}"><br><button>${t.show}</button></form>
${told(reader, answer, (registers) => html`${registers.map((register) => section(reader, register))}`)}`
  return frame(reader, t.tracker, content)
}

function section(reader: Reader, register: RegisterUsage): Html {
  const t = textsOf(reader.lang)
  return html`<h2>${register.register === 'tracker' ? t.reported : register.name}</h2>
${register.asked ? table(reader, register.usages) : html`<p class="notice bad">${t.notAsked}</p>`}`
}

function table({ lang }: Reader, usages: readonly Usage[]): Html {
  const t = textsOf(lang)
  if (usages.length === 0) return html`<p>${t.noAccess}</p>`
  const rows = usages.map(
    (usage) => html`<tr><td>${formatDateTime(lang, usage.logtime)}</td><td>${usage.action}</td>
<td>${usage.receiverName} (${usage.receiverSystem})</td></tr>`,
  )
  return html`<table><thead><tr><th>${t.when}</th><th>${t.what}</th><th>${t.who}</th></tr></thead><tbody>${rows}</tbody></table>`
}
