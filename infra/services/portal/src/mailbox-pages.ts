import { formatDateTime } from '../../kit/dates.ts'
import { type Html, html } from '../../kit/html.ts'
import { organisationName } from '../../kit/members.ts'
import { frame, type Reader } from './frame.ts'
import type { Notice } from './notices.ts'
import { textsOf } from './texts.ts'

export function mailboxPage(reader: Reader, notices: readonly Notice[]): Html {
  const t = textsOf(reader.lang)
  const rows = notices.map(
    ({ id, sender, subject, sentAt, readAt }) => html`<tr><td>${formatDateTime(reader.lang, sentAt)}</td>
<td>${organisationName(sender)[reader.lang]}</td>
<td><a href="/mailbox/${id}">${readAt ? subject : html`<strong>${subject}</strong>`}</a></td></tr>`,
  )
  const table = html`<table><thead><tr><th>${t.when}</th><th>${t.from}</th><th>${t.subject}</th></tr></thead><tbody>${rows}</tbody></table>`
  return frame(reader, t.mailbox, notices.length > 0 ? table : html`<p>${t.none}</p>`)
}

export function noticePage(reader: Reader, notice: Notice): Html {
  const { lang } = reader
  const t = textsOf(lang)
  const content = html`<dl><dt>${t.from}</dt><dd>${organisationName(notice.sender)[lang]}</dd>
<dt>${t.when}</dt><dd>${formatDateTime(lang, notice.sentAt)}</dd></dl>
<div class="notice">${letter(notice.body)}</div>
${notice.attachmentName ? html`<p>${t.attachment}: <a href="/mailbox/${notice.id}/attachment">${notice.attachmentName}</a></p>` : ''}`
  return frame(reader, notice.subject, content)
}

/** The words of a letter, a paragraph for each line. */
function letter(body: string): Html {
  return html`${body.split('\n').map((line) => html`<p>${line}</p>`)}`
}
