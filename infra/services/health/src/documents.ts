import {
  ATC,
  BLOOD_PRESSURE,
  BLOOD_PRESSURE_NAME,
  LOINC,
  MEASURES,
  MEDICINES,
  UCUM,
  VACCINES,
} from './catalogue.ts'
import type { Resource } from './fhir.ts'

export interface Writer {
  readonly id: string
  readonly name: string
}

/** Whose document, by whom, about when (FHIR dateTime), in which visit. */
export interface Head {
  readonly patient: string
  readonly writer: Writer
  readonly at: string
  readonly visit?: string
}

const subject = (patient: string) => ({ reference: `Patient/${patient}` })
const by = ({ id, name }: Writer) => ({ reference: `Practitioner/${id}`, display: name })
const inVisit = (visit: string | undefined) =>
  visit ? { encounter: { reference: `Encounter/${visit}` } } : {}
const concept = (system: string, code: string, display: string) => ({
  coding: [{ system, code, display }],
  text: display,
})
const quantity = (value: number, unit: string) => ({ value, unit, system: UCUM, code: unit })
const category = (code: string) => [
  { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code }] },
]

export function encounter(head: Head & { readonly place: string; readonly reason: string }): Resource {
  return {
    resourceType: 'Encounter',
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB', display: 'ambulatory' },
    subject: subject(head.patient),
    participant: [{ individual: by(head.writer) }],
    period: { start: head.at, end: head.at },
    reasonCode: [{ text: head.reason }],
    serviceProvider: { reference: `Organization/${head.place}` },
  }
}

/** A value of one of the measures of the catalogue. */
export function measurement(head: Head, code: string, value: number): Resource {
  const measure = MEASURES[code]
  return {
    resourceType: 'Observation',
    status: 'final',
    category: category(measure?.category ?? 'exam'),
    code: concept(LOINC, code, measure?.name.en ?? code),
    subject: subject(head.patient),
    ...inVisit(head.visit),
    effectiveDateTime: head.at,
    performer: [by(head.writer)],
    valueQuantity: quantity(value, measure?.unit ?? '1'),
  }
}

/** Blood pressure as one panel with its two values (profile bp of FHIR R4). */
export function bloodPressure(head: Head, systolic: number, diastolic: number): Resource {
  const part = (code: string, value: number) => ({
    code: concept(LOINC, code, MEASURES[code]?.name.en ?? code),
    valueQuantity: quantity(value, 'mm[Hg]'),
  })
  return {
    resourceType: 'Observation',
    status: 'final',
    category: category('vital-signs'),
    code: concept(LOINC, BLOOD_PRESSURE, BLOOD_PRESSURE_NAME.en),
    subject: subject(head.patient),
    ...inVisit(head.visit),
    effectiveDateTime: head.at,
    performer: [by(head.writer)],
    component: [part('8480-6', systolic), part('8462-4', diastolic)],
  }
}

export function prescription(head: Head, code: string, dose: string): Resource {
  return {
    resourceType: 'MedicationRequest',
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: concept(ATC, code, MEDICINES[code]?.en ?? code),
    subject: subject(head.patient),
    ...inVisit(head.visit),
    authoredOn: head.at,
    requester: by(head.writer),
    dosageInstruction: [{ text: dose }],
  }
}

export function immunization(head: Head, code: string): Resource {
  return {
    resourceType: 'Immunization',
    status: 'completed',
    vaccineCode: concept(ATC, code, VACCINES[code]?.name.en ?? code),
    patient: subject(head.patient),
    occurrenceDateTime: head.at,
    performer: [{ actor: by(head.writer) }],
  }
}
