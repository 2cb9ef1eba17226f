import type { Lang } from '../../kit/html.ts'
import {
  BLOOD_PRESSURE,
  BLOOD_PRESSURE_NAME,
  CHECK_UP,
  MEASURES,
  MEDICINES,
  OCCASIONS,
  VACCINES,
} from './catalogue.ts'
import { fields, items, type Resource, text } from './fhir.ts'

/** A document as a line of a table. */
export interface Line {
  /** FHIR dateTime. */
  readonly at: string
  readonly what: string
  readonly result: string
  readonly doctor: string
  /** XHTML, from whoever wrote the document; empty when there is none. */
  readonly narrative: string
}

/** What a document says, for people, in their language where the catalogue knows the code. */
export function lineOf(lang: Lang, resource: Resource): Line {
  const r = fields(resource)
  const period = fields(r.period)
  const performer = fields(items(r.performer)[0])
  const participant = fields(items(r.participant)[0])
  const doctor = fields(r.requester ?? performer.actor ?? participant.individual ?? items(r.performer)[0])
  const concept = r.code ?? r.medicationCodeableConcept ?? r.vaccineCode ?? items(r.reasonCode)[0]
  return {
    at: text(r.effectiveDateTime ?? r.authoredOn ?? r.occurrenceDateTime ?? period.start) ?? '',
    what: conceptName(lang, concept),
    result: resultOf(lang, r),
    doctor: text(doctor.display) ?? '',
    narrative: text(fields(r.text).div) ?? '',
  }
}

/** Name of a coded concept: the catalogue's in the reader's language, else what the document itself says. */
export function conceptName(lang: Lang, concept: unknown): string {
  const coding = fields(items(fields(concept).coding)[0])
  const code = text(coding.code) ?? ''
  const said = text(fields(concept).text) ?? text(coding.display) ?? code
  if (code === BLOOD_PRESSURE) return BLOOD_PRESSURE_NAME[lang]
  const known = [MEASURES, VACCINES].map((list) => (Object.hasOwn(list, code) ? list[code]?.name : undefined))
  const medicine = Object.hasOwn(MEDICINES, code) ? MEDICINES[code] : undefined
  const reason = [CHECK_UP, ...OCCASIONS.map(({ name }) => name)].find(({ en }) => en === said)
  return (known[0] ?? known[1] ?? medicine ?? reason)?.[lang] ?? said
}

function resultOf(lang: Lang, r: Readonly<Record<string, unknown>>): string {
  const parts = items(r.component).map(fields)
  if (parts.length > 0) return parts.map((part) => valueIn(lang, part)).join(' / ')
  const dose = fields(items(r.dosageInstruction)[0]).text
  return text(dose) ?? valueIn(lang, r)
}

function valueIn(lang: Lang, r: Readonly<Record<string, unknown>>): string {
  const quantity = fields(r.valueQuantity)
  if (typeof quantity.value === 'number') return `${quantity.value} ${text(quantity.unit) ?? ''}`.trim()
  if (r.valueCodeableConcept) return conceptName(lang, r.valueCodeableConcept)
  return text(r.valueString) ?? (typeof r.valueBoolean === 'boolean' ? (r.valueBoolean ? '+' : '-') : '')
}
