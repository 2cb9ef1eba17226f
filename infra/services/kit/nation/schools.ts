import { NATION_YEAR, type Nation, officials, type Person } from './nation.ts'

export const SUBJECTS = [
  'mathematics',
  'estonian',
  'english',
  'science',
  'history',
  'art',
  'music',
  'sport',
] as const
export type Subject = (typeof SUBJECTS)[number]

/** One class of the nation's school; there is one for each year of school. */
export interface SchoolClass {
  /** `7a` */
  readonly id: string
  readonly year: number
  /** Codes of its pupils, by name. */
  readonly pupils: readonly string[]
  /** Code of the teacher who teaches each subject. */
  readonly teachers: Readonly<Record<Subject, string>>
}

export interface Lesson {
  readonly classId: string
  /** 1 is Monday, 5 Friday. */
  readonly day: number
  /** 1 begins at eight o'clock. */
  readonly period: number
  readonly subject: Subject
  readonly teacher: string
  readonly room: string
}

/** Years of school: the first at the age of seven, eleven in all. */
const FIRST_AGE = 7
const YEARS = 11
/** The last year of the lower school, which has teachers of its own. */
const LOWER = 6
const DAYS = 5
const PERIODS = 8

const age = (person: Person): number => NATION_YEAR - Number(person.birth.slice(0, 4))

/** Year of school of a child, 1..11; null for a person who is not of school age. */
export function schoolYear(person: Person): number | null {
  const year = age(person) - FIRST_AGE + 1
  return year >= 1 && year <= YEARS ? year : null
}

/**
 * The classes of the nation's school. Pure. The lower school (years 1 to 6) and the upper have half of the teachers each, and a teacher has two
 * subjects, so that nobody teaches everybody.
 */
export function schoolClasses(land: Nation): readonly SchoolClass[] {
  const staff = officials(land, 'teacher').map(({ code }) => code)
  const half = Math.floor(staff.length / 2)
  return Array.from({ length: YEARS }, (_, i) => {
    const year = i + 1
    const pupils = land.persons
      .filter((person) => schoolYear(person) === year)
      .toSorted((a, b) => compare(a.family, b.family) || compare(a.given, b.given) || compare(a.code, b.code))
    const team = year <= LOWER ? staff.slice(0, half) : staff.slice(half)
    const taught = SUBJECTS.map((subject, n) => [subject, team[n % team.length] ?? ''] as const)
    return {
      id: `${year}a`,
      year,
      pupils: pupils.map(({ code }) => code),
      teachers: Object.fromEntries(taught) as Record<Subject, string>,
    }
  })
}

// Not by locale: the order is the same on every machine.
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const LESSONS_A_DAY = 5

/** The weekly timetable. In each period the class that has had least chooses first, and nobody has two lessons at once. */
export function timetable(classes: readonly SchoolClass[]): readonly Lesson[] {
  const lessons: Lesson[] = []
  for (let day = 1; day <= DAYS; day++)
    for (let period = 1; period <= PERIODS; period++) {
      const busy = new Set<string>()
      const had = (id: string): number => lessons.filter(({ classId }) => classId === id).length
      for (const one of classes.toSorted((a, b) => had(a.id) - had(b.id))) {
        const today = lessons.filter(({ classId, ...lesson }) => classId === one.id && lesson.day === day)
        if (today.length === LESSONS_A_DAY) continue
        const wished = SUBJECTS.map((_, n) => SUBJECTS[(day * 3 + period + n) % SUBJECTS.length] as Subject)
        const subject = wished.find(
          (name) => !busy.has(one.teachers[name]) && !today.some((lesson) => lesson.subject === name),
        )
        if (!subject) continue
        const teacher = one.teachers[subject]
        busy.add(teacher)
        lessons.push({ classId: one.id, day, period, subject, teacher, room: room(one, subject) })
      }
    }
  return lessons
}

const ROOMS: readonly Subject[] = ['art', 'music', 'sport']

/** These have rooms of their own in each half of the school; everything else is taught where the class lives. */
const room = ({ year }: SchoolClass, subject: Subject): string =>
  ROOMS.includes(subject) ? `${subject} ${year <= LOWER ? 1 : 2}` : String(100 + year)

/** Class of a pupil; undefined for somebody who is none. */
export const classOf = (classes: readonly SchoolClass[], code: string): SchoolClass | undefined =>
  classes.find(({ pupils }) => pupils.includes(code))

/** Lessons of a teacher are those of the classes that they teach; a teacher who teaches a class has one subject of it at least. */
export const teaches = (one: SchoolClass, teacher: string): boolean =>
  Object.values(one.teachers).includes(teacher)
