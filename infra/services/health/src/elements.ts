/** Primitive types of FHIR that this server tells apart. */
export type Kind = 'string' | 'code' | 'uri' | 'dateTime' | 'decimal' | 'boolean' | 'xhtml'

export interface Element {
  readonly kind: Kind
  readonly min?: 1
  readonly many?: true
  /** A required binding. */
  readonly values?: readonly string[]
  /** One of a choice of types, `value[x]`: at most one of those with the same name may be there. */
  readonly choice?: string
  /** Elements of a complex type; `kind` means nothing then. */
  readonly parts?: Parts
}
export type Parts = Readonly<Record<string, Element>>

const one = (kind: Kind): Element => ({ kind })
const of = (parts: Parts): Element => ({ kind: 'string', parts })
const required = (element: Element): Element => ({ ...element, min: 1 })
const many = (element: Element): Element => ({ ...element, many: true })
const bound = (...values: string[]): Element => ({ kind: 'code', min: 1, values })

const string = one('string')
const dateTime = one('dateTime')
const Coding = of({ system: one('uri'), version: string, code: one('code'), display: string })
const Concept = of({ coding: many(Coding), text: string })
const Reference = of({ reference: required(one('uri')), type: one('uri'), display: string })
const Quantity = of({ value: required(one('decimal')), unit: string, system: one('uri'), code: one('code') })
const Period = of({ start: dateTime, end: dateTime })
const Narrative = of({
  status: bound('generated', 'extensions', 'additional', 'empty'),
  div: required(one('xhtml')),
})
const Note = many(of({ text: required(string), time: dateTime, authorString: string }))
const Identifier = many(of({ system: one('uri'), value: required(string) }))

const common: Parts = { text: Narrative, identifier: Identifier, language: one('code') }
const choice = (name: string, parts: Parts): Parts =>
  Object.fromEntries(Object.entries(parts).map(([key, element]) => [key, { ...element, choice: name }]))
const value = choice('value', {
  valueQuantity: Quantity,
  valueCodeableConcept: Concept,
  valueString: string,
  valueBoolean: one('boolean'),
})

/** Elements of the resources that can be written (R4), as far as this server keeps them. Anything else is refused, not lost. */
export const ELEMENTS: Readonly<Record<string, Parts>> = {
  Encounter: {
    ...common,
    status: bound('planned', 'arrived', 'triaged', 'in-progress', 'onleave', 'finished', 'cancelled'),
    class: required(Coding),
    type: many(Concept),
    subject: required(Reference),
    participant: many(of({ type: many(Concept), individual: Reference })),
    period: required(of({ start: required(dateTime), end: dateTime })),
    reasonCode: many(Concept),
    serviceProvider: Reference,
  },
  Observation: {
    ...common,
    ...value,
    status: bound(
      'registered',
      'preliminary',
      'final',
      'amended',
      'corrected',
      'cancelled',
      'entered-in-error',
    ),
    category: many(Concept),
    code: required(Concept),
    subject: required(Reference),
    encounter: Reference,
    effectiveDateTime: required(dateTime),
    issued: dateTime,
    performer: many(Reference),
    interpretation: many(Concept),
    note: Note,
    component: many(of({ code: required(Concept), ...value })),
  },
  MedicationRequest: {
    ...common,
    status: bound('active', 'on-hold', 'cancelled', 'completed', 'entered-in-error', 'stopped', 'draft'),
    intent: bound('proposal', 'plan', 'order'),
    medicationCodeableConcept: required(Concept),
    subject: required(Reference),
    encounter: Reference,
    authoredOn: dateTime,
    requester: Reference,
    reasonCode: many(Concept),
    note: Note,
    dosageInstruction: many(of({ text: required(string), patientInstruction: string })),
    dispenseRequest: of({ validityPeriod: Period, quantity: Quantity }),
  },
  Immunization: {
    ...common,
    status: bound('completed', 'entered-in-error', 'not-done'),
    vaccineCode: required(Concept),
    patient: required(Reference),
    encounter: Reference,
    occurrenceDateTime: required(dateTime),
    lotNumber: string,
    performer: many(of({ actor: required(Reference) })),
    note: Note,
  },
  Consent: {
    ...common,
    status: bound('active', 'inactive'),
    scope: required(Concept),
    category: required(many(Concept)),
    patient: required(Reference),
    dateTime: dateTime,
    policyRule: Concept,
    provision: required(
      of({
        type: bound('deny'),
        data: many(of({ meaning: bound('instance', 'related'), reference: required(Reference) })),
      }),
    ),
  },
}
