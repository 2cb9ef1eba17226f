import { expect, test } from 'vitest'
import { officials, type Person } from '../../../infra/services/kit/nation/nation.ts'
import { schoolClasses, teaches } from '../../../infra/services/kit/nation/schools.ts'
import { type Browser, logIn, openBrowser } from '../../kit/browser.ts'
import type { State } from '../../kit/state.ts'
import { callXroad, findAllUsages } from './data-tracker-client.ts'

const TOWN = 'MM/GOV/70000005/municipality'
const PORTAL = 'MM/GOV/70000004/portal'
const SCHOOL = 'MM/GOV/70000007/school'

interface Visitor {
  readonly browser: Browser
  readonly person: Person
  json(path: string, init?: RequestInit): Promise<{ status: number; body: Record<string, unknown> }>
}

/** The school with browsers of a teacher, a pupil and a parent, and a town's X-Road client. */
export function school(state: () => State): void {
  const visit = async (person: Person | undefined): Promise<Visitor> => {
    if (!person) throw new Error('the nation lacks somebody')
    const browser = openBrowser()
    await logIn(state(), browser, 'school', person)
    const session = JSON.parse((await browser.open('http://school/api/session')).text)
    const json: Visitor['json'] = async (path, init = {}) => {
      const headers = { 'x-csrf-token': session.csrf, ...init.headers }
      const page = await browser.open(`http://school/api${path}`, { ...init, headers })
      return { status: page.status, body: JSON.parse(page.text) }
    }
    return { browser, person, json }
  }
  const sent = (method: string, body: unknown): RequestInit => ({
    method,
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  })
  /** A pupil with a parent, and a teacher of theirs and one who is none. */
  const cast = () => {
    const { land } = state()
    const schoolClass = schoolClasses(land).find(({ pupils }) => pupils.length > 1)
    const staff = officials(land, 'teacher')
    const [pupil, classmate] = (schoolClass?.pupils ?? []).map((code) => land.byCode.get(code))
    if (!schoolClass || !pupil || !classmate) throw new Error('the nation has no class')
    return {
      schoolClass,
      pupil,
      classmate,
      parent: land.byCode.get(pupil.parents[0] ?? ''),
      teacher: staff.find(({ code }) => teaches(schoolClass, code)),
      stranger: staff.find(({ code }) => !teaches(schoolClass, code)),
    }
  }
  const setTask = async (teacher: Visitor, pupil: Person, title: string) => {
    const { classId, subjects } = (await teacher.json(`/pupils/${pupil.code}`)).body
    const subject = Array.isArray(subjects) ? subjects[0] : undefined
    const task = { classId, subject, title, due: '2099-01-01' }
    const made = await teacher.json('/set-tasks', sent('POST', task))
    expect(made.status).toBe(201)
    return { id: Number(made.body.id), classId, subject }
  }

  test('a task goes from the teacher to the pupil, back as a file, and comes to the parent as a grade', async () => {
    const { pupil, classmate, parent, teacher, stranger } = cast()
    const [t, p, m, g, s] = [
      await visit(teacher),
      await visit(pupil),
      await visit(classmate),
      await visit(parent),
      await visit(stranger),
    ]
    const { id, classId, subject } = await setTask(t, pupil, 'Referaat')
    const file = new FormData()
    file.set('file', new File(['<script>alert(1)</script>'], 'referaat õ.txt', { type: 'text/html' }))
    const handedIn = await p.json(`/tasks/${id}/submission`, { method: 'POST', body: file })
    expect(handedIn.status).toBe(201)
    const path = `http://school/submissions/${handedIn.body.id}/file`
    const opened = await t.browser.open(path)
    expect(opened.text).toBe('<script>alert(1)</script>')
    expect(opened.headers.get('content-type')).toBe('application/octet-stream')
    expect(opened.headers.get('content-disposition')).toMatch(/^attachment;/)
    for (const other of [m, g, s]) expect((await other.browser.open(path)).status).toBe(404)

    const grade = sent('PUT', { grade: 5, comment: 'Tubli' })
    for (const other of [p, g, s, m])
      expect((await other.json(`/set-tasks/${id}/grades/${pupil.code}`, grade)).status).toBe(403)
    expect(
      (await s.json('/set-tasks', sent('POST', { classId, subject, title: 'x', due: '2099-01-01' }))).status,
    ).toBe(403)
    expect((await t.json(`/set-tasks/${id}/grades/${pupil.code}`, grade)).status).toBe(200)
    expect((await t.json(`/set-tasks/${id}/grades/${parent?.code}`, grade)).status).toBe(403)

    expect((await g.json(`/tasks?pupil=${pupil.code}`)).status).toBe(403)
    expect((await g.json('/children', sent('POST', { code: pupil.code }))).status).toBe(201)
    const seen = (await g.json(`/tasks?pupil=${pupil.code}`)).body
    expect(seen[0]).toMatchObject({ id, grade: { grade: 5, comment: 'Tubli' } })
    expect((await g.browser.open(path)).status).toBe(200)
    expect((await g.json('/children', sent('POST', { code: teacher?.code }))).status).toBe(403)
  })

  test('files of the wrong kind or size are refused, and so is a change without the session’s token', async () => {
    const { pupil, teacher } = cast()
    const [t, p] = [await visit(teacher), await visit(pupil)]
    const { id } = await setTask(t, pupil, 'Fail')
    const send = (name: string, size: number, token?: string) => {
      const form = new FormData()
      form.set('file', new File(['x'.repeat(size)], name))
      const headers = token === undefined ? {} : { 'x-csrf-token': token }
      return p.json(`/tasks/${id}/submission`, { method: 'POST', body: form, headers })
    }
    expect(await send('a.html', 3)).toMatchObject({ status: 415, body: { why: 'badType' } })
    expect(await send('a.txt', 600 * 1024)).toMatchObject({ status: 413, body: { why: 'tooLarge' } })
    expect((await send('a.txt', 3 * 1024 * 1024)).status).toBe(413)
    expect((await send('a.txt', 3, 'x')).status).toBe(403)
    expect((await send('a.txt', 3)).status).toBe(201)
  })

  test('five wrong passwords close a username even for the right one, and the teacher opens it again', async () => {
    const { pupil, teacher, stranger } = cast()
    const [t, s] = [await visit(teacher), await visit(stranger)]
    const path = `/pupils/${pupil.code}/password`
    expect((await s.json(path, sent('POST', {}))).status).toBe(404)
    const { username, password } = (await t.json(path, sent('POST', {}))).body
    const enter = async (given: unknown) =>
      (
        await openBrowser().send(
          'http://school/password',
          { username: String(username), password: String(given) },
          false,
        )
      ).status
    for (let i = 0; i < 4; i++) expect(await enter('vale')).toBe(401)
    expect(await enter(password)).toBe(303)
    const tries = await Promise.all(Array.from({ length: 8 }, () => enter('vale')))
    expect(tries.filter((status) => status === 401)).toHaveLength(5)
    expect(await enter(password)).toBe(429)
    const again = (await t.json(path, sent('POST', {}))).body
    expect(await enter(again.password)).toBe(303)
  })

  test('a town’s question is one row for the family, and others may not ask', async () => {
    const { pupil, parent } = cast()
    const asker = { client: PORTAL, service: `${SCHOOL}/findUsage`, user: parent?.code ?? '' }
    const before = await findAllUsages(state(), asker, pupil.code, 100)
    const to = `${SCHOOL}/pupils/${pupil.code}`
    const confirmed = await callXroad(state(), { client: TOWN, to, user: pupil.code.replace(/^./, '1') })
    expect(confirmed).toMatchObject({ status: 200, body: { code: pupil.code, schooling: true } })
    expect(await findAllUsages(state(), asker, pupil.code, 100)).toHaveLength(before.length + 1)
    const refused = await callXroad(state(), { client: 'MM/COM/10000001/bank', to, user: pupil.code })
    expect(refused.body).toMatchObject({ type: 'Server.ServerProxy.AccessDenied' })
  })

  test('school goes on while X-Road is away, and the letter comes when it is back', async () => {
    const { pupil, parent, teacher } = cast()
    const [t, g] = [await visit(teacher), await visit(parent)]
    expect((await g.json('/children', sent('POST', { code: pupil.code }))).status).toBe(201)
    const { id } = await setTask(t, pupil, 'Viktoriin')
    const notice = async () => {
      const { works } = (await t.json(`/set-tasks/${id}`)).body
      return Array.isArray(works) ? works.find((work) => work.pupil === pupil.code)?.notice : undefined
    }
    const mailbox = openBrowser()
    if (parent) await logIn(state(), mailbox, 'portal', parent)
    await state().exec('xroad', ['sv', 'stop', 'app'])
    try {
      expect((await t.json(`/set-tasks/${id}/grades/${pupil.code}`, sent('PUT', { grade: 3 }))).status).toBe(
        200,
      )
      expect((await g.json(`/tasks?pupil=${pupil.code}`)).body[0]).toMatchObject({ grade: { grade: 3 } })
      expect((await g.json('/children', sent('POST', { code: pupil.code }))).status).toBe(502)
      expect(await notice()).toBe('waiting')
      expect((await t.browser.open(`http://school/set-tasks/${id}?lang=en`)).text).toContain(
        'will be delivered',
      )
    } finally {
      await state().exec('xroad', ['sv', 'start', 'app'])
    }
    await expect.poll(notice, { timeout: 120_000, interval: 500 }).toBe('delivered')
    const letters = JSON.parse((await mailbox.open('http://portal/api/mailbox')).text)
    expect(letters.filter(({ body }: { body: string }) => body.includes('Viktoriin: 3'))).toHaveLength(1)
  })
}
