import type { LoginTrouble } from '../../kit/citizens.ts'
import { formatDateTime, formatMoney } from '../../kit/dates.ts'
import { frame as serviceFrame, token, welcomeFrame } from '../../kit/frame.ts'
import { type Html, html, type Lang } from '../../kit/html.ts'
import type { Session } from '../../kit/sessions.ts'
import { assess } from './calculation.ts'
import type { Declaration } from './declarations.ts'
import { type TextName, textsOf } from './texts.ts'

const AMOUNTS = ['training', 'donations', 'interest'] as const

function frame(lang: Lang, session: Session, title: TextName, content: Html): Html {
  const t = textsOf(lang)
  const nav = [
    { href: '/', label: t.mine },
    { href: '/account', label: t.account },
  ]
  return serviceFrame({ lang, service: t.service, title: t[title], content, session, nav })
}

export function welcomePage(lang: Lang, said: LoginTrouble | null): Html {
  const { service, welcome } = textsOf(lang)
  return welcomeFrame({ lang, service, welcome, said })
}

export function messagePage(lang: Lang, session: Session, said: TextName): Html {
  return frame(
    lang,
    session,
    'taxReturn',
    html`<p class="notice bad" role="alert">${textsOf(lang)[said]}</p>`,
  )
}

export function listPage(
  lang: Lang,
  session: Session,
  year: number,
  declarations: readonly Declaration[],
): Html {
  const t = textsOf(lang)
  const rows = declarations.map(
    (
      d,
    ) => html`<tr><td><a href="/declarations/${d.id}">${d.id}</a></td><td>${d.year}</td><td>${t[d.state]}</td>
<td class="number">${d.payout === null ? '' : formatMoney(lang, d.payout)}</td></tr>`,
  )
  const content = html`<p>${t.welcome}</p>
<form method="post" action="/declarations">${token(session)}<button>${t.start} ${year}</button></form>
${
  rows.length > 0
    ? html`<table><thead><tr><th>${t.number}</th><th>${t.year}</th><th>${t.state}</th><th class="number">${t.refund}</th></tr></thead>
<tbody>${rows}</tbody></table>`
    : ''
}`
  return frame(lang, session, 'mine', content)
}

function facts(lang: Lang, d: Declaration): Html {
  const t = textsOf(lang)
  return html`<dt>${t.number}</dt><dd>${d.id}</dd><dt>${t.year}</dt><dd>${d.year}</dd><dt>${t.name}</dt><dd>${d.name}</dd>
<dt>${t.address}</dt><dd>${d.address}</dd><dt>${t.gross}</dt><dd>${formatMoney(lang, d.gross)}</dd>
<dt>${t.withheld}</dt><dd>${formatMoney(lang, d.withheld)}</dd>`
}

function outcome(lang: Lang, tax: number, refund: number): Html {
  const t = textsOf(lang)
  return html`<dt>${t.tax}</dt><dd>${formatMoney(lang, tax)}</dd>
<dt>${refund < 0 ? t.due : t.refund}</dt><dd><strong>${formatMoney(lang, Math.abs(refund))}</strong></dd>`
}

/** A draft with its fields open, or the receipt of what was handed in. */
export function declarationPage(lang: Lang, session: Session, d: Declaration, said: TextName | null): Html {
  const t = textsOf(lang)
  const notice = said
    ? html`<p class="notice ${said === 'saved' ? 'good' : 'bad'}" role="status">${t[said]}</p>`
    : ''
  if (d.state !== 'draft') return frame(lang, session, 'receipt', html`${notice}${receipt(lang, d)}`)
  const { tax, refund } = assess(d)
  const content = html`${notice}<dl>${facts(lang, d)}${outcome(lang, tax, refund)}</dl>
<form method="post" action="/declarations/${d.id}">${token(session)}
${AMOUNTS.map(
  (name) => html`<label for="${name}">${t[name]}</label>
<input id="${name}" name="${name}" inputmode="decimal" value="${d[name].toFixed(2)}" required>`,
)}
<label for="note">${t.note}</label><textarea id="note" name="note" rows="3" maxlength="2000">${d.note}</textarea><br>
<button class="second">${t.save}</button></form>
<form method="post" action="/declarations/${d.id}/confirm">${token(session)}<button>${t.confirm}</button></form>`
  return frame(lang, session, 'taxReturn', content)
}

function receipt(lang: Lang, d: Declaration): Html {
  const t = textsOf(lang)
  // Who declares anew and is owed no more than was paid before still sees the account.
  const paid =
    d.payout !== null && d.iban
      ? html`<dt>${t.payout}</dt><dd>${d.iban}: ${formatMoney(lang, d.payout)}</dd>`
      : ''
  return html`<dl>${facts(lang, d)}
${AMOUNTS.map((name) => html`<dt>${t[name]}</dt><dd>${formatMoney(lang, d[name])}</dd>`)}
<dt>${t.note}</dt><dd>${d.note}</dd>
<dt>${t.state}</dt><dd>${t[d.state]}${d.confirmedAt ? ` · ${formatDateTime(lang, d.confirmedAt)}` : ''}</dd>
${d.tax !== null && d.refund !== null ? outcome(lang, d.tax, d.refund) : ''}${paid}</dl>`
}

export function accountPage(lang: Lang, session: Session, iban: string | null, said: TextName | null): Html {
  const t = textsOf(lang)
  const content = html`${said ? html`<p class="notice ${said === 'saved' ? 'good' : 'bad'}" role="status">${t[said]}</p>` : ''}
<form method="post" action="/account">${token(session)}
<label for="iban">${t.iban}</label><input id="iban" name="iban" autocomplete="off" value="${iban ?? ''}" required><br>
<button>${t.save}</button></form>`
  return frame(lang, session, 'account', content)
}
