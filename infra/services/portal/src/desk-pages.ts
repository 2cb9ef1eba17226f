import { token } from '../../kit/frame.ts'
import { type Html, html } from '../../kit/html.ts'
import { frame, type Reader } from './frame.ts'
import { type TextName, textsOf } from './texts.ts'

/** Registers that an official may look somebody up in. */
const REGISTERS = ['population', 'tax'] as const

/** What an official works with: look somebody up, write to somebody. `found` is what the last look gave. */
export function deskPage(reader: Reader, found: Html | null, said: TextName | null): Html {
  const t = textsOf(reader.lang)
  const { session } = reader
  const code = (id: string): Html =>
    html`<label for="${id}">${t.code}</label><input id="${id}" name="code" inputmode="numeric" maxlength="11" required>`
  const content = html`${said ? html`<p class="notice ${said === 'sent' ? 'good' : 'bad'}" role="status">${t[said]}</p>` : ''}
${found ?? ''}<p>${t.deskHow}</p>
<form method="post" action="/desk/lookup">${token(session)}${code('lookup-code')}
<label for="reason">${t.reason}</label><input id="reason" name="reason" maxlength="60" required>
<label for="register">${t.register}</label><select id="register" name="register">${REGISTERS.map((r) => html`<option value="${r}">${t[r]}</option>`)}</select><br>
<button>${t.lookUp}</button></form>
<h2>${t.write}</h2><form method="post" action="/desk/notices">${token(session)}${code('notice-code')}
<label for="subject">${t.subject}</label><input id="subject" name="subject" maxlength="200" required>
<label for="body">${t.letter}</label><textarea id="body" name="body" rows="6" required></textarea><br><button>${t.send}</button></form>`
  return frame(reader, t.desk, content)
}
