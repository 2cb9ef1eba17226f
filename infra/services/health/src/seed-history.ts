import { NATION_YEAR, type Person } from '../../kit/nation/nation.ts'
import { randomStream } from '../../kit/nation/random.ts'
import { CHECK_UP, MEASURES, OCCASIONS, VACCINES } from './catalogue.ts'
import {
  bloodPressure,
  encounter,
  immunization,
  measurement,
  prescription,
  type Writer,
} from './documents.ts'
import type { Resource } from './fhir.ts'

/** A document as it is seeded. */
export interface Draft {
  readonly id: string
  readonly author: string | null
  /** Of a Patient itself; other documents name theirs. */
  readonly patient?: string
  readonly body: Resource
}

export interface Team {
  readonly family: Writer
  readonly hospital: Writer
}

/** Day before which everything of the seeded past happened. */
const TODAY = `${NATION_YEAR}-06-01`
const GROWN = 18

/** What the record of a seeded person holds: visits with results and prescriptions, of children check-ups and vaccinations. */
export function historyOf(seed: string, person: Person, team: Team): readonly Draft[] {
  const next = randomStream(`health/${seed}/${person.code}`)
  const child = NATION_YEAR - Number(person.birth.slice(0, 4)) <= GROWN
  const drafts: Draft[] = []
  const add = (body: Resource, author: Writer): string => {
    const id = `${person.code.slice(-4)}${hex(next)}${hex(next)}`
    drafts.push({ id, author: author.id, body })
    return id
  }
  const between = (low: number, high: number, decimals: number): number =>
    Number((low + next() * (high - low)).toFixed(decimals))
  const dayOf = (year: number): string =>
    `${year}-${pad(1 + Math.floor(next() * 12))}-${pad(1 + Math.floor(next() * 28))}`

  if (child) {
    vaccinate(person, team, add)
    const drawn = dayOf(NATION_YEAR - 1)
    const day = drawn > person.birth ? drawn : monthsAfter(person.birth, 1)
    const of = { patient: person.code, writer: team.family, at: `${day}T09:30:00+03:00` }
    const visit = add(encounter({ ...of, place: 'family-doctors', reason: CHECK_UP.en }), team.family)
    const age = Number(day.slice(0, 4)) - Number(person.birth.slice(0, 4))
    add(measurement({ ...of, visit }, '8302-2', Math.round(76 + age * 6 + next() * 8)), team.family)
    add(
      measurement({ ...of, visit }, '29463-7', Number((9.5 + age * 3 + next() * 4).toFixed(1))),
      team.family,
    )
    return drafts
  }

  const visits = 1 + Math.floor(next() * 3)
  for (let i = 0; i < visits; i++) {
    const occasion = OCCASIONS[i === 0 ? Math.floor(next() * 3) : Math.floor(next() * OCCASIONS.length)]
    if (!occasion) continue
    const writer = occasion.hospital ? team.hospital : team.family
    const day = [dayOf(NATION_YEAR - visits + i), TODAY].sort()[0] as string
    const of = { patient: person.code, writer, at: `${day}T${pad(8 + Math.floor(next() * 8))}:15:00+03:00` }
    const place = occasion.hospital ? 'hospital' : 'family-doctors'
    const visit = add(encounter({ ...of, place, reason: occasion.name.en }), writer)
    if (occasion.bloodPressure)
      add(bloodPressure({ ...of, visit }, between(104, 158, 0), between(62, 98, 0)), writer)
    for (const code of occasion.measures) {
      const measure = MEASURES[code]
      if (measure)
        add(measurement({ ...of, visit }, code, between(measure.low, measure.high, measure.decimals)), writer)
    }
    if (occasion.medicine) add(prescription({ ...of, visit }, occasion.medicine, occasion.dose), writer)
  }
  return drafts
}

function vaccinate(person: Person, team: Team, add: (body: Resource, author: Writer) => string): void {
  for (const [code, { months }] of Object.entries(VACCINES)) {
    if (code === 'J07BM03' && person.sex === 'M') continue
    for (const month of months) {
      const day = monthsAfter(person.birth, month)
      if (day < TODAY)
        add(immunization({ patient: person.code, writer: team.family, at: day }, code), team.family)
    }
  }
}

function monthsAfter(day: string, months: number): string {
  const date = new Date(`${day}T12:00:00Z`)
  date.setUTCMonth(date.getUTCMonth() + months)
  return date.toISOString().slice(0, 10)
}

const pad = (n: number): string => String(n).padStart(2, '0')
const hex = (next: () => number): string =>
  Math.floor(next() * 2 ** 32)
    .toString(16)
    .padStart(8, '0')
