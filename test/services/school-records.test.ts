import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Database } from '../../infra/services/kit/database.ts'
import { nation } from '../../infra/services/kit/nation/nation.ts'
import { schoolClasses, teaches } from '../../infra/services/kit/nation/schools.ts'
import { usageSchema } from '../../infra/services/kit/xroad-provider.ts'
import { giveGrade } from '../../infra/services/school/src/grades.ts'
import { deliverDue } from '../../infra/services/school/src/outbox.ts'
import { enter, resetPassword } from '../../infra/services/school/src/passwords.ts'
import { classesOf, followedPupil, teachersOf } from '../../infra/services/school/src/people.ts'
import { seed } from '../../infra/services/school/src/seed.ts'
import { fileFor, handIn } from '../../infra/services/school/src/submissions.ts'
import { setTask, tasksOfPupil, worksOf } from '../../infra/services/school/src/tasks.ts'
import { classWeek, teacherWeek } from '../../infra/services/school/src/timetable.ts'
import { litePool } from '../kit/lite-pool.ts'

const land = nation('test')
const classes = schoolClasses(land)
const own = classes.find(({ pupils }) => pupils.length > 2)
const other = classes.find((one) => own && !teaches(one, own.teachers.music))
if (!own || !other) throw new Error('the nation has no two classes')
const [pupil = '', classmate = ''] = own.pupils
const teacher = own.teachers.music
const stranger = other.teachers.music
const parent = land.byCode.get(pupil)?.parents[0] ?? ''
const file = { name: 'a.txt', type: 'text/plain', content: Buffer.from('Rehi all') }
const task = { classId: own.id, subject: 'music', title: 'Laul', body: '', due: '2099-01-01' }

let db: Database
beforeAll(async () => {
  process.env.KILP_SEED = 'test'
  db = await litePool([usageSchema, 'infra/services/school/src/schema.sql'])
  await seed(db)
}, 60_000)
afterAll(() => db.end())

const newTask = async () => {
  const made = await setTask(db, teacher, task)
  if (!made) throw new Error('the teacher may not set a task')
  return made
}

test('only who teaches a subject to a class sets its tasks and grades them, and only pupils of the class', async () => {
  expect(await setTask(db, stranger, task)).toBeNull()
  expect(await setTask(db, parent, task)).toBeNull()
  const { id } = await newTask()
  const grade = { grade: 4, comment: '' }
  for (const who of [stranger, parent, pupil, own.teachers.art === teacher ? stranger : own.teachers.art])
    expect(await giveGrade(db, who, id, pupil, grade)).toBe(false)
  for (const whom of [other.pupils[0] ?? '', parent, ''])
    expect(await giveGrade(db, teacher, id, whom, grade)).toBe(false)
  expect(await giveGrade(db, teacher, 0, pupil, grade)).toBe(false)
  expect(await giveGrade(db, teacher, id, pupil, grade)).toBe(true)
  expect((await tasksOfPupil(db, pupil))[0]).toMatchObject({ id, grade: { grade: 4 } })
  expect((await tasksOfPupil(db, classmate))[0]).toMatchObject({ id, grade: null })
})

test('work is handed in by the class, in place of what was there, and opens for pupil, parents and teacher', async () => {
  const { id } = await newTask()
  expect(await handIn(db, other.pupils[0] ?? '', id, file)).toBeNull()
  expect(await handIn(db, parent, id, file)).toBeNull()
  const first = await handIn(db, pupil, id, { ...file, name: 'mustand.txt' })
  const number = (await handIn(db, pupil, id, file)) ?? 0
  expect(number).toBe(first)
  for (const who of [classmate, stranger, parent]) expect(await fileFor(db, who, number)).toBeNull()
  for (const who of [pupil, teacher])
    expect(await fileFor(db, who, number)).toMatchObject({ name: 'a.txt', type: 'text/plain' })
  await db.query('insert into guardian (parent, pupil) values ($1, $2)', [parent, pupil])
  expect(Buffer.from((await fileFor(db, parent, number))?.content ?? '').toString()).toBe('Rehi all')
  expect(await followedPupil(db, parent, classmate)).toBeNull()
  await db.query('delete from guardian')
})

test('letters to parents wait while X-Road is away and go out once it is back', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  await db.query('insert into guardian (parent, pupil) values ($1, $2)', [parent, pupil])
  const made = await newTask()
  const notice = async () => (await worksOf(db, made)).find((work) => work.pupil === pupil)?.notice
  expect(await giveGrade(db, teacher, made.id, pupil, { grade: 5, comment: '' })).toBe(true)
  expect(await notice()).toBe('waiting')
  const sent: unknown[] = []
  const reply = { headers: {}, body: Buffer.alloc(0), xroadError: null, json: () => null }
  const down = async (): Promise<never> => {
    throw new Error('connect ECONNREFUSED')
  }
  expect(await deliverDue(db, down)).toBe(0)
  expect(await notice()).toBe('waiting')
  const up = async (call: { json?: unknown }) => {
    sent.push(call.json)
    return { ...reply, status: 201 }
  }
  expect(await deliverDue(db, up)).toBe(0)
  await db.query("update outbox set next_at = now() - interval '1 second' where delivered_at is null")
  expect(await deliverDue(db, async () => ({ ...reply, status: 500 }))).toBe(0)
  await db.query("update outbox set next_at = now() - interval '1 second' where delivered_at is null")
  expect(await deliverDue(db, up)).toBe(1)
  expect(await deliverDue(db, up)).toBe(0)
  expect(sent).toEqual([
    { code: parent, subject: expect.any(String), body: expect.stringContaining('Laul: 5') },
  ])
  expect(await notice()).toBe('delivered')
  const { rows } = await db.query('select tries from outbox')
  expect(rows).toEqual([{ tries: 3 }])
  await db.query('delete from guardian')
  vi.restoreAllMocks()
})

test('five wrong tries close a username, for the right password too, until time or the teacher opens it', async () => {
  const { username, password } = (await resetPassword(db, pupil)) ?? { username: '', password: '' }
  for (let i = 0; i < 4; i++) expect(await enter(db, username, 'vale')).toBe('wrong')
  expect(await enter(db, username, password)).toMatchObject({ code: pupil })
  for (let i = 0; i < 5; i++) expect(await enter(db, username, 'vale')).toBe('wrong')
  expect(await enter(db, username, password)).toBe('closed')
  await db.query("update password set tried_at = now() - interval '16 minutes'")
  expect(await enter(db, username, password)).toMatchObject({ code: pupil })
  for (let i = 0; i < 5; i++) await enter(db, username, 'vale')
  const again = await resetPassword(db, pupil)
  expect(await enter(db, username, again?.password ?? '')).toMatchObject({ code: pupil })
  expect(await enter(db, 'nobody', 'x')).toBe('wrong')
  const unset = (await db.query('select username from password where hash is null limit 1')).rows[0]
  expect(await enter(db, unset.username, '')).toBe('wrong')
}, 30_000)

test('the seeded school is the nation’s', async () => {
  const colleagues = await teachersOf(db, own.id)
  expect(Object.fromEntries(colleagues.map(({ subject, code }) => [subject, code]))).toEqual(own.teachers)
  expect((await classesOf(db, teacher)).map(({ id }) => id)).toEqual(
    classes.filter((one) => teaches(one, teacher)).map(({ id }) => id),
  )
  expect(await classWeek(db, own.id)).toHaveLength(25)
  expect((await teacherWeek(db, teacher)).every(({ teacher: name }) => name.length > 3)).toBe(true)
})
