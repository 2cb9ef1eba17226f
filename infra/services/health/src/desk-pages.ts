import { token } from '../../kit/frame.ts'
import { type Html, html, type Text } from '../../kit/html.ts'
import { MEASURES, MEDICINES } from './catalogue.ts'
import { documentTables, frame, type Viewer } from './record-pages.ts'
import type { Stored } from './store.ts'
import { textsOf } from './texts.ts'

/** Where a doctor says whose record to open, and why. */
export function deskPage(viewer: Viewer): Html {
  const t = textsOf(viewer.lang)
  const content = html`<form method="post" action="/desk/patient">${token(viewer.session)}
<label for="code_of">${t.patientCode}</label><input id="code_of" name="code_of" inputmode="numeric" autocomplete="off" required pattern="[0-9]{11}">
<label for="reason">${t.reason}</label><input id="reason" name="reason" maxlength="500"><br>
<button>${t.openRecord}</button></form>`
  return frame(viewer, t.desk, content)
}

/** A patient's record at the desk, with forms to write into it. */
export function patientPage(
  viewer: Viewer,
  patient: { readonly code: string; readonly reason: string; readonly documents: readonly Stored[] },
): Html {
  const t = textsOf(viewer.lang)
  const carried = html`${token(viewer.session)}<input type="hidden" name="code_of" value="${patient.code}">
<input type="hidden" name="reason" value="${patient.reason}">`
  const options = (entries: readonly (readonly [string, Text, string])[]): Html =>
    html`${entries.map(([code, name, unit]) => html`<option value="${code}">${name[viewer.lang]}${unit ? ` (${unit})` : ''}</option>`)}`
  const words = (id: string): Html =>
    html`<label for="${id}">${t.words}</label><textarea id="${id}" name="words" rows="2" maxlength="2000"></textarea><br>`
  const content = html`${documentTables(viewer, patient, null)}
<h2>${t.writeResult}</h2><form method="post" action="/desk/observation">${carried}
<label for="code">${t.what}</label><select id="code" name="code">${options(Object.entries(MEASURES).map(([code, { name, unit }]) => [code, name, unit]))}</select>
<label for="value">${t.value}</label><input id="value" name="value" inputmode="decimal" required>
${words('result-words')}<button>${t.save}</button></form>
<h2>${t.prescribe}</h2><form method="post" action="/desk/prescription">${carried}
<label for="medicine">${t.medicine}</label><select id="medicine" name="medicine">${options(Object.entries(MEDICINES).map(([code, name]) => [code, name, code]))}</select>
<label for="dose">${t.dose}</label><input id="dose" name="dose" required maxlength="200">
${words('prescription-words')}<button>${t.prescribe}</button></form>`
  return frame(viewer, `${t.recordsOf} ${patient.code}`, content)
}
