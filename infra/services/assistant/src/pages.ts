import type { LoginTrouble } from '../../kit/citizens.ts'
import { formatDateTime } from '../../kit/dates.ts'
import { frame as serviceFrame, token } from '../../kit/frame.ts'
import { type Html, html, type Lang } from '../../kit/html.ts'
import type { Session } from '../../kit/sessions.ts'
import { LONGEST, needsForm } from './assistant.ts'
import type { Conversation, Message, Proposal } from './conversations.ts'
import type { Answer } from './engine.ts'
import { type TextName, textsOf } from './texts.ts'
import { describe, fieldsOf, type ToolName } from './tools.ts'

function frame(lang: Lang, session: Session | null, title: TextName, content: Html): Html {
  const t = textsOf(lang)
  const nav = [
    { href: '/', label: t.ask },
    ...(session ? [{ href: '/contribute', label: t.contribute }] : []),
  ]
  return serviceFrame({ lang, service: t.service, title: t[title], content, session, nav })
}

const notice = (lang: Lang, said: TextName, good = false): Html =>
  html`<p class="notice ${good ? 'good' : 'bad'}" role="status">${textsOf(lang)[said]}</p>`

const questionField = (lang: Lang, name: string): Html =>
  html`<label for="${name}">${textsOf(lang).question}</label>
<input id="${name}" name="${name}" maxlength="${LONGEST}" required autocomplete="off"><br>`

/** The front page, with or without a login. */
export function homePage(
  lang: Lang,
  session: Session | null,
  conversations: readonly Conversation[],
  said: LoginTrouble | null,
): Html {
  const t = textsOf(lang)
  const mine = conversations.map(
    ({ id, waiting }) =>
      html`<li><a href="/conversations/${id}">${t.conversation} ${id}</a> ${waiting ? t.waiting : ''}</li>`,
  )
  const content = session
    ? html`<p>${t.welcome}</p>
<form method="post" action="/conversations">${token(session)}${questionField(lang, 'text')}<button>${t.start}</button></form>
${mine.length > 0 ? html`<h2>${t.conversations}</h2><ul>${mine}</ul>` : ''}`
    : html`${said ? notice(lang, said) : ''}<p>${t.welcome}</p>
<form method="get" action="/ask">${questionField(lang, 'q')}<button>${t.ask}</button></form>
<p>${t.loginFor}</p><p><a class="button second" href="/login">${t.login}</a></p>`
  return frame(lang, session, 'service', content)
}

export const welcomePage = (lang: Lang, said: LoginTrouble | null): Html => homePage(lang, null, [], said)

export const messagePage = (lang: Lang, session: Session, said: TextName): Html =>
  frame(lang, session, 'service', notice(lang, said))

const sourceLine = (lang: Lang, source: string | null, link: string | null): Html | '' =>
  source
    ? html`<p><small>${textsOf(lang).source}${textsOf(lang).colon}${link ? html`<a href="${link}">${source}</a>` : source}</small></p>`
    : ''

/** An answer to somebody who need not be logged in. */
export function answerPage(lang: Lang, session: Session | null, question: string, answer: Answer): Html {
  const t = textsOf(lang)
  const { text, source, link, more } = answer
  const content = html`<p><strong>${question}</strong></p><div class="tile"><p>${text}</p>${sourceLine(lang, source, link)}</div>
${more.length > 0 ? html`<h2>${t.more}</h2><ul>${more.map(({ title, source }) => html`<li>${title}<br><small>${t.source}${t.colon}${source}</small></li>`)}</ul>` : ''}
<form method="get" action="/ask">${questionField(lang, 'q')}<button>${t.ask}</button></form>`
  return frame(lang, session, 'answer', content)
}

function messageList(lang: Lang, messages: readonly Message[]): Html {
  const t = textsOf(lang)
  return html`${messages.map(
    ({ author, text, source, link, at }) => html`<div class="tile"><p><strong>${t[author]}</strong>
<small>${formatDateTime(lang, at)}</small></p><p>${text}</p>${sourceLine(lang, source, link)}</div>`,
  )}`
}

function proposalForm(lang: Lang, session: Session, { id, tool, fields }: Proposal): Html {
  const t = textsOf(lang)
  return html`<section class="notice"><h2>${t[tool]}</h2><p>${t.willDo}</p>
<ul>${describe(tool, session, fields).map((line) => html`<li><code>${line}</code></li>`)}</ul>
<form method="post" action="/proposals/${id}/confirm">${token(session)}<button>${t.confirm}</button>
<button class="second" formaction="/proposals/${id}/decline">${t.decline}</button></form></section>`
}

function toolForm(lang: Lang, session: Session, conversation: number, tool: ToolName): Html {
  const t = textsOf(lang)
  return html`<section class="notice"><h2>${t.canDo}${t.colon}${t[tool]}</h2>
<form method="post" action="/conversations/${conversation}/proposals">${token(session)}<input type="hidden" name="tool" value="${tool}">
${fieldsOf(tool).map(
  (name) =>
    html`<label for="${name}">${t[name as 'address']}</label><input id="${name}" name="${name}" required>`,
)}<br><button>${t.prepare}</button></form></section>`
}

export function conversationPage(
  lang: Lang,
  session: Session,
  shown: {
    readonly conversation: Conversation
    readonly messages: readonly Message[]
    readonly proposals: readonly Proposal[]
    readonly tool: ToolName | null
  },
): Html {
  const t = textsOf(lang)
  const { conversation, messages, proposals, tool } = shown
  const offered = tool && needsForm(tool) && proposals.length === 0
  const content = html`${messageList(lang, messages)}
${proposals.map((proposal) => proposalForm(lang, session, proposal))}
${offered ? toolForm(lang, session, conversation.id, tool) : ''}
${conversation.waiting ? html`<p class="notice" role="status">${t.waiting}</p>` : ''}
<form method="post" action="/conversations/${conversation.id}/messages">${token(session)}${questionField(lang, 'text')}<button>${t.send}</button></form>
<form method="post" action="/conversations/${conversation.id}/person">${token(session)}<button class="second">${t.toPerson}</button></form>`
  return frame(lang, session, 'conversation', content)
}

export function contributePage(lang: Lang, session: Session, said: 'thanks' | 'badMessage' | null): Html {
  const t = textsOf(lang)
  const content = html`${said ? notice(lang, said, said === 'thanks') : ''}<p>${t.contributeHow}</p>
<form method="post" action="/contribute">${token(session)}
<label for="title">${t.title}</label><input id="title" name="title" maxlength="150" required>
<label for="body">${t.body}</label><textarea id="body" name="body" rows="6" maxlength="2000" required></textarea><br>
<button>${t.save}</button></form>`
  return frame(lang, session, 'contribute', content)
}

/** For officials: who waits. */
export function queuePage(lang: Lang, session: Session, conversations: readonly Conversation[]): Html {
  const t = textsOf(lang)
  const rows = conversations.map(
    ({ id, name }) => html`<li><a href="/desk/${id}">${t.conversation} ${id}</a>: ${name}</li>`,
  )
  return frame(
    lang,
    session,
    'desk',
    rows.length > 0 ? html`<ul>${rows}</ul>` : html`<p>${t.nobodyWaits}</p>`,
  )
}

export function deskPage(
  lang: Lang,
  session: Session,
  conversation: Conversation,
  messages: readonly Message[],
): Html {
  const t = textsOf(lang)
  const content = html`<p>${conversation.name}, ${conversation.code}</p>${messageList(lang, messages)}
<form method="post" action="/desk/${conversation.id}">${token(session)}
<label for="text">${t.reply}</label><textarea id="text" name="text" rows="4" maxlength="${LONGEST}" required></textarea><br>
<button>${t.send}</button></form>`
  return frame(lang, session, 'desk', content)
}
