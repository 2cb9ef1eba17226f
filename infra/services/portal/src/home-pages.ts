import type { Answer } from '../../kit/ask-register.ts'
import { formatDate, formatMoney } from '../../kit/dates.ts'
import type { Relative } from '../../kit/family.ts'
import { type Html, html } from '../../kit/html.ts'
import type { Acting } from './acting.ts'
import { frame, type Reader } from './frame.ts'
import type { PersonData, SchoolSummary, TaxReturn } from './registers.ts'
import { textsOf } from './texts.ts'
import type { Tile } from './tiles.ts'

/** Shows what a register answered, or that it could not be asked. */
export function told<T>(reader: Reader, answer: Answer<T>, show: (value: T) => Html): Html {
  return answer.asked ? show(answer.value) : html`<p class="notice bad">${textsOf(reader.lang).notAsked}</p>`
}

/** What the tiles say beyond their titles; null for a register that is not asked. */
export interface Live {
  readonly unread: number
  readonly person: Answer<PersonData>
  readonly returns: Answer<readonly TaxReturn[]> | null
  readonly school: Answer<SchoolSummary | null> | null
}

export function homePage(reader: Reader, acting: Acting, tiles: readonly Tile[], live: Live): Html {
  const t = textsOf(reader.lang)
  const { other, code } = acting
  const suffix = other ? `?for=${code}` : ''
  const own = other
    ? ''
    : html`<li class="tile"><h2><a href="/mailbox">${t.mailbox}</a></h2><p>${live.unread} ${t.unread}</p></li>`
  const content = html`<p>${t.welcome}</p>${mandates(reader, acting)}<ul class="tiles">${own}
<li class="tile"><h2><a href="/data${suffix}">${t.population}</a></h2>
${told(reader, live.person, ({ address }) => html`<p>${t.address}${t.colon}${address ?? t.none}</p>`)}</li>
${tiles.map((tile) => tileItem(reader, tile, live))}
<li class="tile"><h2><a href="/tracker${other ? `?of=${code}` : ''}">${t.tracker}</a></h2><p>${t.trackerHow}</p></li></ul>`
  return frame(reader, other ? `${other.given} ${other.family}` : reader.session.name, content)
}

function tileItem(reader: Reader, { service, title, does }: Tile, { returns, school }: Live): Html {
  const { lang } = reader
  const t = textsOf(lang)
  const known: Readonly<Record<string, Html | undefined>> = {
    tax: returns
      ? told(reader, returns, (list) => html`<p>${t.taxReturns}${t.colon}${list.length}</p>`)
      : undefined,
    school: school
      ? told(reader, school, (pupil) =>
          pupil
            ? html`<p>${t.openTasks}${t.colon}${pupil.openTasks}<br>${t.newGrades}${t.colon}${pupil.newGrades}</p>`
            : html``,
        )
      : undefined,
  }
  return html`<li class="tile"><h2>${title[lang]}</h2>${known[service] ?? ''}<p><a href="http://${service}/">${does[lang]}</a></p></li>`
}

/** The people whom the reader may act for, and the way back. */
function mandates(reader: Reader, { other, people }: Acting): Html {
  const t = textsOf(reader.lang)
  if (other)
    return html`<p class="notice">${t.actingFor} ${other.given} ${other.family}. <a href="/">${t.myself}</a></p>`
  return told(reader, people, (list) =>
    list.length === 0
      ? html``
      : html`<p>${t.actFor}${t.colon}${list.map(({ code, given, family }) => html`<a href="/?for=${code}">${given} ${family}</a> `)}</p>`,
  )
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

/** `returns` is null where there is no tax office to ask, or the reader acts for somebody else. */
export function dataPage(
  reader: Reader,
  person: Answer<PersonData>,
  family: Answer<readonly Relative[]>,
  returns: Answer<readonly TaxReturn[]> | null,
): Html {
  const t = textsOf(reader.lang)
  const relatives = (list: readonly Relative[]): Html =>
    html`<ul>${list.map((r) => html`<li>${r.given} ${r.family}, ${r.code}</li>`)}</ul>`
  const content = html`<h2>${t.population}</h2>${told(reader, person, (p) => personFacts(reader, p))}
<h2>${t.family}</h2>${told(reader, family, relatives)}
${returns ? html`<h2>${t.taxReturns}</h2>${told(reader, returns, (list) => returnsTable(reader, list))}` : ''}`
  return frame(reader, t.data, content)
}
