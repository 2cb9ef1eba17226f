import { formatDate } from '../../kit/dates.ts'
import { token } from '../../kit/frame.ts'
import { type Html, html, type Lang } from '../../kit/html.ts'
import type { Session } from '../../kit/sessions.ts'
import { frame } from './pages.ts'
import type { TaughtClass } from './people.ts'
import type { Task, Work } from './tasks.ts'
import { textsOf, wordOf } from './texts.ts'

/** What a teacher works with: classes, tasks, and a form for a new one. */
export function teacherSection(
  lang: Lang,
  session: Session,
  classes: readonly TaughtClass[],
  tasks: readonly Task[],
): Html {
  const t = textsOf(lang)
  const lessons = classes.flatMap(({ id, subjects }) => subjects.map((subject) => ({ id, subject })))
  const pupils = ({ id, pupils }: TaughtClass): Html =>
    html`<details><summary>${id}</summary><ul>${pupils.map(
      ({
        code,
        name,
      }) => html`<li>${name} <form method="post" action="/pupils/${code}/password">${token(session)}
<button class="second">${t.newPassword}</button></form></li>`,
    )}</ul></details>`
  return html`<section><h2>${t.classes}</h2>${classes.map(pupils)}
<h2>${t.newTask}</h2><form method="post" action="/set-tasks">${token(session)}
<label for="lesson">${t.lesson}</label><select id="lesson" name="lesson">${lessons.map(
    ({ id, subject }) => html`<option value="${id}/${subject}">${id} ${wordOf(t, subject)}</option>`,
  )}</select>
<label for="title">${t.title}</label><input id="title" name="title" maxlength="200" required>
<label for="body">${t.text}</label><textarea id="body" name="body" rows="4" maxlength="5000"></textarea>
<label for="due">${t.due}</label><input id="due" name="due" type="date" required><br><button>${t.newTask}</button></form>
<h2>${t.tasks}</h2><ul>${tasks.map(
    (task) => html`<li><a href="/set-tasks/${task.id}">${task.title}</a>, ${task.classId}
${wordOf(t, task.subject)}, ${formatDate(lang, task.due)}</li>`,
  )}</ul></section>`
}

/** A class's work on one task: files, grades, and whether parents have been told. */
export function taskPage(lang: Lang, session: Session, task: Task, works: readonly Work[]): Html {
  const t = textsOf(lang)
  const rows = works.map(
    ({ pupil, name, submission, grade, notice }) => html`<tr><td>${name}</td>
<td>${submission ? html`<a href="/submissions/${submission.id}/file">${submission.fileName}</a>` : ''}</td>
<td><form method="post" action="/set-tasks/${task.id}/grades/${pupil}">${token(session)}
<label for="grade-${pupil}">${t.grade} (1–5)</label><input id="grade-${pupil}" name="grade" inputmode="numeric" value="${grade?.grade ?? ''}" required>
<label for="comment-${pupil}">${t.comment}</label><input id="comment-${pupil}" name="comment" maxlength="1000" value="${grade?.comment ?? ''}">
<button class="second">${t.save}</button></form></td><td>${notice ? t[notice] : ''}</td></tr>`,
  )
  const content = html`<p>${task.classId} ${wordOf(t, task.subject)}, ${t.due}${t.colon}${formatDate(lang, task.due)}</p><p>${task.body}</p>
<table><thead><tr><th>${t.pupil}</th><th>${t.work}</th><th>${t.grade}</th><th>${t.parentsTold}</th></tr></thead><tbody>${rows}</tbody></table>`
  return frame(lang, session, task.title, content)
}

/** The new password of a pupil, shown this once. */
export function newPasswordPage(
  lang: Lang,
  session: Session,
  pupil: string,
  given: { readonly username: string; readonly password: string },
): Html {
  const t = textsOf(lang)
  const content = html`<dl><dt>${t.pupil}</dt><dd>${pupil}</dd><dt>${t.username}</dt><dd>${given.username}</dd>
<dt>${t.password}</dt><dd><code>${given.password}</code></dd></dl>`
  return frame(lang, session, t.newPassword, content)
}
