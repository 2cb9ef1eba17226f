import type { LoginTrouble } from '../../kit/citizens.ts'
import { formatDateTime } from '../../kit/dates.ts'
import { frame as serviceFrame, token, welcomeFrame } from '../../kit/frame.ts'
import { type Html, html, type Lang } from '../../kit/html.ts'
import type { Session } from '../../kit/sessions.ts'
import type { Tally } from '../../kit/voting/tally-check.ts'
import type { VoteState } from './ballot-box.ts'
import type { District, Election } from './elections.ts'
import { type TextName, textsOf } from './texts.ts'

function frame(lang: Lang, session: Session | null, title: string, content: Html): Html {
  const t = textsOf(lang)
  const nav = [
    { href: '/', label: t.myVote },
    { href: '/training', label: t.training },
    { href: '/verify', label: t.verify },
  ]
  return serviceFrame({ lang, service: t.service, title, content, session, nav })
}

export function welcomePage(lang: Lang, said: LoginTrouble | null): Html {
  const { service, welcome } = textsOf(lang)
  return welcomeFrame({ lang, service, welcome, said })
}

export function messagePage(lang: Lang, session: Session | null, said: TextName): Html {
  const t = textsOf(lang)
  return frame(lang, session, t.elections, html`<p class="notice bad" role="alert">${t[said]}</p>`)
}

/** A voter's page: the state of the vote, never the choice, and the candidates of the district. */
export function voterPage(
  lang: Lang,
  session: Session,
  election: Election,
  vote: VoteState,
  district: District | TextName,
): Html {
  const t = textsOf(lang)
  const state = vote.last
    ? html`<p class="notice good" role="status">${t.voted}</p>
<dl><dt>${t.times}</dt><dd>${vote.count}</dd><dt>${t.lastAt}</dt><dd>${formatDateTime(lang, vote.last)}</dd></dl>`
    : html`<p class="notice">${t.notVoted}</p>`
  const choices =
    typeof district === 'string'
      ? html`<p class="notice bad" role="alert">${t[district]}</p>`
      : html`<h2>${t.candidates}</h2><p>${t.district} ${district.district}${t.colon}${district.name}</p>
<table><thead><tr><th>${t.number}</th><th>${t.candidate}</th><th>${t.list}</th></tr></thead><tbody>
${district.candidates.map((c) => html`<tr><td>${c.choice}</td><td>${c.name}</td><td>${c.list}</td></tr>`)}</tbody></table>
${election.state === 'open' ? html`<p>${t.withApp}</p>` : ''}`
  const content = html`<p>${t.welcome}</p><p><a href="/elections/${election.id}/results">${t.results}</a> · ${t[election.state]}</p>
${state}${choices}`
  return frame(lang, session, election.title[lang], content)
}

export function trainingPage(
  lang: Lang,
  session: Session,
  elections: readonly Election[],
  said: TextName | null,
): Html {
  const t = textsOf(lang)
  const rows = elections.map(
    (
      e,
    ) => html`<tr><td><a href="/elections/${e.id}">${e.id}</a></td><td>${t[e.state]}</td><td>${formatDateTime(lang, e.startedAt)}</td>
<td>${
      e.counted
        ? html`<a href="/elections/${e.id}/results">${t.results}</a>`
        : html`<form method="post" action="/elections/${e.id}/close">${token(session)}<button class="second">${t.close}</button></form>`
    }</td></tr>`,
  )
  const content = html`${said ? html`<p class="notice bad" role="alert">${t[said]}</p>` : ''}<p>${t.trainingSays}</p>
<form method="post" action="/training">${token(session)}<button>${t.start}</button></form>
${rows.length > 0 ? html`<table><tbody>${rows}</tbody></table>` : ''}`
  return frame(lang, session, t.training, content)
}

export function resultsPage(
  lang: Lang,
  session: Session | null,
  election: Election,
  tally: Tally | null,
): Html {
  const t = textsOf(lang)
  const title = `${t.results}${t.colon}${election.title[lang]}`
  if (!tally)
    return frame(lang, session, title, html`<p>${t[election.state]}</p><p class="notice">${t.noResults}</p>`)
  const invalid = tally.districts.reduce((all, district) => all + district.invalid, 0)
  const content = html`<dl><dt>${t.received}</dt><dd>${tally.received}</dd><dt>${t.replaced}</dt><dd>${tally.replaced}</dd>
<dt>${t.refused}</dt><dd>${tally.refused}</dd><dt>${t.invalid}</dt><dd>${invalid}</dd></dl>
<p><a href="/api/elections/${election.id}/tally">${t.proofs}</a> · <a href="/verify">${t.verify}</a></p>
${election.districts.map((district) => districtResults(lang, district, tally))}`
  return frame(lang, session, title, content)
}

function districtResults(lang: Lang, { district, name, candidates }: District, tally: Tally): Html {
  const t = textsOf(lang)
  const counts = tally.districts.find((one) => one.district === district)?.counts ?? {}
  return html`<h2>${t.district} ${district}${t.colon}${name}</h2>
<table><thead><tr><th>${t.number}</th><th>${t.candidate}</th><th>${t.list}</th><th class="number">${t.votes}</th></tr></thead><tbody>
${candidates.map(
  (c) =>
    html`<tr><td>${c.choice}</td><td>${c.name}</td><td>${c.list}</td><td class="number">${counts[c.choice] ?? 0}</td></tr>`,
)}</tbody></table>`
}

export function verifyPage(lang: Lang, session: Session | null): Html {
  const t = textsOf(lang)
  const content = html`<h2>${t.verifyVote}</h2><p>${t.verifyVoteSays}</p><h2>${t.verifyTally}</h2><p>${t.verifyTallySays}</p>`
  return frame(lang, session, t.verify, content)
}
