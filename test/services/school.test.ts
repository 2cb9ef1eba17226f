import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Database } from '../../infra/services/kit/database.ts'
import { nation, officials } from '../../infra/services/kit/nation/nation.ts'
import {
  classOf,
  schoolClasses,
  schoolYear,
  teaches,
  timetable,
} from '../../infra/services/kit/nation/schools.ts'
import type { XroadClient } from '../../infra/services/kit/xroad-client.ts'
import { readGrade } from '../../infra/services/school/src/grades.ts'
import { linkChild } from '../../infra/services/school/src/guardians.ts'
import { tasksTable } from '../../infra/services/school/src/pages.ts'
import { hashPassword, passwordFits } from '../../infra/services/school/src/passwords.ts'
import { usernameOf } from '../../infra/services/school/src/seed.ts'
import { readTask } from '../../infra/services/school/src/tasks.ts'
import { textsOf } from '../../infra/services/school/src/texts.ts'
import { downloadHeaders, LARGEST, readUpload } from '../../infra/services/school/src/upload.ts'

test('in every nation each child of school age is in one class, and nobody else', () => {
  fc.assert(
    fc.property(fc.string(), (seed) => {
      const land = nation(seed)
      const classes = schoolClasses(land)
      const pupils = classes.flatMap((one) => one.pupils)
      expect(new Set(pupils).size).toBe(pupils.length)
      expect(pupils.toSorted()).toEqual(
        land.persons
          .filter((person) => schoolYear(person) !== null)
          .map(({ code }) => code)
          .toSorted(),
      )
      expect(schoolClasses(nation(seed))).toEqual(classes)
    }),
    { numRuns: 10 },
  )
})

test('every class has teachers, none of whom teaches everybody, and a week in which nobody is in two places', () => {
  fc.assert(
    fc.property(fc.string(), (seed) => {
      const land = nation(seed)
      const classes = schoolClasses(land)
      const teachers = officials(land, 'teacher').map(({ code }) => code)
      for (const teacher of teachers) {
        const own = classes.filter((one) => teaches(one, teacher))
        expect(own.length).toBeGreaterThan(0)
        expect(own.length).toBeLessThan(classes.length)
      }
      const lessons = timetable(classes)
      for (const key of ['classId', 'teacher', 'room'] as const) {
        const places = lessons.map((lesson) => `${lesson.day}/${lesson.period}/${lesson[key]}`)
        expect(new Set(places).size).toBe(places.length)
      }
      for (const one of classes) {
        const week = lessons.filter(({ classId }) => classId === one.id)
        expect(week).toHaveLength(25)
        expect(new Set(week.map(({ subject }) => subject)).size).toBe(8)
        for (const { subject, teacher } of week) expect(teacher).toBe(one.teachers[subject])
      }
    }),
    { numRuns: 5 },
  )
  expect(classOf(schoolClasses(nation('a')), '12345678901')).toBeUndefined()
})

const PARENT = '48001010022'
const CHILD = '61501010011'

test('a parent follows a child only as the population register says, and its silence is no answer', async () => {
  const said: unknown[] = []
  const db = {
    query: async (text: string, values: unknown[]) => {
      if (text.startsWith('insert')) said.push(values)
      return { rows: [{ code: values[0], name: 'Mari', classId: '5a' }] }
    },
  } as unknown as Database
  const knows =
    (...relatives: object[]): XroadClient =>
    async () => ({
      status: 200,
      xroadError: null,
      headers: {},
      body: Buffer.alloc(0),
      json: () => ({ relatives }),
    })
  const link = (xroad: XroadClient) => linkChild(db, xroad, PARENT, CHILD)
  const child = { code: CHILD, given: 'Mari', family: 'Õun', birth: '2015-01-01', tie: 'child' }
  expect(await link(knows({ ...child, code: '61501010099' }))).toBe('refused')
  expect(await link(knows({ ...child, tie: 'spouse' }))).toBe('refused')
  expect(await link(knows({ ...child, birth: '2001-01-01' }))).toBe('refused')
  expect(await link(knows())).toBe('refused')
  expect(
    await link(async () => {
      throw new Error('connect ECONNREFUSED')
    }),
  ).toBe('silent')
  expect(said).toEqual([])
  expect(await link(knows(child))).toMatchObject({ code: CHILD })
  expect(said).toEqual([[PARENT, CHILD]])
})

test('homework is taken by its ending, whatever the browser calls it, and given out to be saved', async () => {
  const file = (name: string, type = 'text/html', size = 3) => new File(['x'.repeat(size)], name, { type })
  expect(await readUpload(file('referaat õ.TXT'))).toMatchObject({
    name: 'referaat õ.TXT',
    type: 'text/plain',
  })
  expect(await readUpload(file('a.pdf'))).toMatchObject({
    type: 'application/pdf',
    content: Buffer.from('xxx'),
  })
  const bad: [unknown, string][] = [
    [undefined, 'noFile'],
    ['text', 'noFile'],
    [file('a.txt', 'text/plain', 0), 'noFile'],
    [file('a.txt', 'text/plain', LARGEST + 1), 'tooLarge'],
    [file('../a.txt'), 'badName'],
    [file('a\r\nb.txt'), 'badName'],
    [file('a.html', 'text/plain'), 'badType'],
    [file('a.svg', 'image/png'), 'badType'],
    [file('a.txt.xhtml', 'text/plain'), 'badType'],
    [file('txt', 'text/plain'), 'badType'],
  ]
  for (const [given, why] of bad) expect(await readUpload(given)).toBe(why)
  expect(downloadHeaders({ name: 'õ "a".txt', type: 'text/html' })).toEqual({
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename*=UTF-8''%C3%B5%20%22a%22.txt`,
    'x-content-type-options': 'nosniff',
  })
})

test('tasks and grades are taken whole or refused with the reason', () => {
  const task = { classId: '7a', subject: 'music', title: ' Laul ', due: '2026-12-01' }
  expect(readTask(task)).toEqual({ ...task, title: 'Laul', body: '' })
  const bad: [object, string][] = [
    [{ classId: 7 }, 'classId'],
    [{ title: ' ' }, 'title'],
    [{ body: 'x'.repeat(5001) }, 'body'],
    [{ due: '2026-13-01' }, 'due'],
    [{ due: 'homme' }, 'due'],
  ]
  for (const [change, why] of bad) expect(readTask({ ...task, ...change })).toContain(why)
  expect(readGrade({ grade: '5', comment: ' Tubli ' })).toEqual({ grade: 5, comment: 'Tubli' })
  for (const grade of [0, 6, 2.5, '', 'viis', null, undefined])
    expect(readGrade({ grade })).toContain('grade')
})

test('a password opens with itself alone, and two pupils with the same one look different', async () => {
  const [one, other] = await Promise.all([hashPassword('Kevad2026!'), hashPassword('Kevad2026!')])
  expect(one).not.toBe(other)
  expect(await passwordFits('Kevad2026!', one)).toBe(true)
  for (const wrong of ['kevad2026!', '', 'Kevad2026!!']) expect(await passwordFits(wrong, one)).toBe(false)
  expect(await passwordFits('', '')).toBe(false)
  expect(usernameOf("Õie O'Connor", 16)).toBe('oie.o.connor.17')
})

test('a parent reads what a teacher wrote as words, and can not hand in', async () => {
  const task = {
    ...{ id: 1, classId: '7a', subject: 'music', title: '<b>1</b>', body: '<script>', due: '2026-12-01' },
    submission: { id: 2, fileName: '"><img>.txt', handedInAt: '2026-11-20T10:00:00Z' },
    grade: { grade: 4, comment: '<i>', givenAt: '2026-11-21T10:00:00Z' },
  }
  const session = { code: PARENT, name: 'P', csrf: 'c' }
  const page = String(await tasksTable('et', session, [task], false))
  expect(page).toContain(textsOf('et').music)
  for (const bad of ['<b>', '<script', '<img', '<i>', '<form']) expect(page).not.toContain(bad)
  expect(String(await tasksTable('et', session, [task], true))).toContain('action="/tasks/1/submission"')
})
