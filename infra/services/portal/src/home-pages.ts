import { formatDate, formatMoney } from '../../kit/dates.ts'
import { type Html, html } from '../../kit/html.ts'
import { frame, type Reader } from './frame.ts'
import type { Answer, PersonData, Relative, TaxReturn } from './registers.ts'
import { textsOf } from './texts.ts'

/** Shows what a register answered, or that it could not be asked. */
export function told<T>(reader: Reader, answer: Answer<T>, show: (value: T) => Html): Html {
  return answer.asked ? show(answer.value) : html`<p class="notice bad">${textsOf(reader.lang).notAsked}</p>`
}

export function homePage(
  reader: Reader,
  unread: number,
  person: Answer<PersonData>,
  returns: Answer<readonly TaxReturn[]>,
): Html {
  const t = textsOf(reader.lang)
  const content = html`<p>${t.welcome}</p><ul class="tiles">
<li class="tile"><h2><a href="/mailbox">${t.mailbox}</a></h2><p>${unread} ${t.unread}</p></li>
<li class="tile"><h2><a href="/data">${t.population}</a></h2>${told(reader, person, ({ address }) => html`<p>${t.address}: ${address ?? t.none}</p>`)}</li>
<li class="tile"><h2>${t.tax}</h2>${told(reader, returns, (list) => html`<p>${t.taxReturns}: ${list.length}</p>`)}
<p><a href="http://tax/login">${t.openTax}</a></p></li>
<li class="tile"><h2><a href="/tracker">${t.tracker}</a></h2><p>${t.trackerHow}</p></li></ul>`
  return frame(reader, reader.session.name, content)
}

export function personFacts(reader: Reader, p: PersonData): Html {
  const t = textsOf(reader.lang)
  return html`<dl><dt>${t.name}</dt><dd>${p.given} ${p.family}</dd><dt>${t.code}</dt><dd>${p.code}</dd>
<dt>${t.birth}</dt><dd>${formatDate(reader.lang, p.birth)}</dd><dt>${t.address}</dt><dd>${p.address ?? t.none}</dd>
<dt>${t.phone}</dt><dd>${p.phone}</dd></dl>`
}

export function returnsTable(reader: Reader, list: readonly TaxReturn[]): Html {
  if (list.length === 0) return html`<p>${textsOf(reader.lang).none}</p>`
  const rows = list.map(
    ({ id, year, state, refund }) => html`<tr><td>${id}</td><td>${year}</td><td>${state}</td>
<td class="number">${refund === null ? '' : formatMoney(reader.lang, refund)}</td></tr>`,
  )
  return html`<table><tbody>${rows}</tbody></table>`
}

export function dataPage(
  reader: Reader,
  person: Answer<PersonData>,
  family: Answer<readonly Relative[]>,
  returns: Answer<readonly TaxReturn[]>,
): Html {
  const t = textsOf(reader.lang)
  const relatives = (list: readonly Relative[]): Html =>
    html`<ul>${list.map((r) => html`<li>${r.given} ${r.family}, ${r.code}</li>`)}</ul>`
  const content = html`<h2>${t.population}</h2>${told(reader, person, (p) => personFacts(reader, p))}
<h2>${t.family}</h2>${told(reader, family, relatives)}
<h2>${t.taxReturns}</h2>${told(reader, returns, (list) => returnsTable(reader, list))}`
  return frame(reader, t.data, content)
}
