import type { LoginTrouble } from '../../kit/citizens.ts'
import { formatDate } from '../../kit/dates.ts'
import { frame as serviceFrame, token, welcomeFrame } from '../../kit/frame.ts'
import { type Html, html, type Lang, page } from '../../kit/html.ts'
import type { Session } from '../../kit/sessions.ts'
import type { Pupil } from './people.ts'
import type { PupilTask } from './tasks.ts'
import { type TextName, textsOf, wordOf } from './texts.ts'
import type { Lesson } from './timetable.ts'

export function frame(lang: Lang, session: Session, title: string, content: Html): Html {
  const t = textsOf(lang)
  const nav = [
    { href: '/', label: t.home },
    { href: '/timetable', label: t.timetable },
  ]
  return serviceFrame({ lang, service: t.service, title, content, session, nav })
}

export function messagePage(lang: Lang, session: Session, said: TextName): Html {
  const t = textsOf(lang)
  return frame(lang, session, t.tasks, html`<p class="notice bad" role="alert">${t[said]}</p>`)
}

export function welcomePage(lang: Lang, said: LoginTrouble | null): Html {
  const { service, welcome, passwordLogin } = textsOf(lang)
  const more = html`<p><a href="/password">${passwordLogin}</a></p>`
  return welcomeFrame({ lang, service, welcome, said, more })
}

export function passwordPage(lang: Lang, said: 'wrong' | 'closed' | null): Html {
  const t = textsOf(lang)
  const content = html`${said ? html`<p class="notice bad" role="alert">${t[said]}</p>` : ''}
<form method="post" action="/password">
<label for="username">${t.username}</label><input id="username" name="username" autocomplete="username" required>
<label for="password">${t.password}</label><input id="password" name="password" type="password" autocomplete="current-password" required><br>
<button>${t.login}</button></form>`
  return page({ lang, service: t.service, title: t.passwordLogin, content })
}

/** Tasks of a pupil, with what was handed in and the grades; `own`: the pupil looks, and may hand in. */
export function tasksTable(lang: Lang, session: Session, tasks: readonly PupilTask[], own: boolean): Html {
  const t = textsOf(lang)
  if (tasks.length === 0) return html`<p>${t.none}</p>`
  const file = (task: PupilTask): Html =>
    task.submission
      ? html`<a href="/submissions/${task.submission.id}/file">${task.submission.fileName}</a>`
      : html``
  const form = (task: PupilTask): Html =>
    own
      ? html`<form method="post" action="/tasks/${task.id}/submission" enctype="multipart/form-data">${token(session)}
<label for="file-${task.id}">${t.fileHow}</label><input id="file-${task.id}" name="file" type="file" required><button>${t.handIn}</button></form>`
      : html``
  const rows = tasks.map(
    (
      task,
    ) => html`<tr><td>${wordOf(t, task.subject)}</td><td><strong>${task.title}</strong><br>${task.body}</td>
<td>${formatDate(lang, task.due)}</td><td>${file(task)}${form(task)}</td>
<td>${task.grade ? html`<strong>${task.grade.grade}</strong> ${task.grade.comment}` : ''}</td></tr>`,
  )
  return html`<table><thead><tr><th>${t.lesson}</th><th>${t.task}</th><th>${t.due}</th><th>${t.work}</th><th>${t.grade}</th></tr></thead>
<tbody>${rows}</tbody></table>`
}

/** The children whom a parent follows, and how to follow one more. */
export function childrenSection(lang: Lang, session: Session, children: readonly Pupil[]): Html {
  const t = textsOf(lang)
  return html`<section><h2>${t.children}</h2><ul>${children.map(
    ({ code, name, classId }) =>
      html`<li><a href="/pupils/${code}">${name}</a>, ${classId} · <a href="/timetable?pupil=${code}">${t.timetable}</a></li>`,
  )}</ul>
<form method="post" action="/children">${token(session)}<label for="child">${t.addChild}</label>
<input id="child" name="code" inputmode="numeric" maxlength="11" required><br><button class="second">${t.add}</button></form></section>`
}

export function timetablePage(lang: Lang, session: Session, lessons: readonly Lesson[]): Html {
  const t = textsOf(lang)
  const days = [1, 2, 3, 4, 5].map((day) => {
    const rows = lessons
      .filter((lesson) => lesson.day === day)
      .map(
        (l) => html`<tr><td>${l.period}</td><td>${wordOf(t, l.subject)}</td><td>${l.classId}</td>
<td>${l.teacher}</td><td>${l.room}</td></tr>`,
      )
    return html`<h2>${wordOf(t, `day${day}`)}</h2><table><tbody>${rows}</tbody></table>`
  })
  return frame(lang, session, t.timetable, html`${days}`)
}
