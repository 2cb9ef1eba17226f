import { fields, items, type Resource, referencedId, referenceOf, text } from './fhir.ts'
import { spanOf } from './fhir-dates.ts'

/** Columns of the table `resource` that follow from the resource itself. */
export interface IndexValues {
  readonly patient: string | null
  readonly status: string | null
  readonly starts: string | null
  readonly ends: string | null
  readonly encounter: string | null
  readonly tokens: readonly string[]
  readonly closes: readonly string[]
}

/** Tokens of a Coding or Identifier, in each way a search may write it: `system|code`, `code`, `system|`, `|code`. */
function codingTokens(name: string, system: unknown, code: unknown): readonly string[] {
  const value = text(code)
  if (value === undefined) return []
  const known = text(system)
  return known === undefined
    ? [`${name}:${value}`, `${name}:|${value}`]
    : [`${name}:${value}`, `${name}:${known}|${value}`, `${name}:${known}|`]
}

const conceptTokens = (name: string, concept: unknown): readonly string[] =>
  items(fields(concept).coding).flatMap((coding) =>
    codingTokens(name, fields(coding).system, fields(coding).code),
  )

const referenceTokens = (name: string, reference: unknown): readonly string[] => {
  const to = referenceOf(reference)
  return to ? [`${name}:${to}`] : []
}

/** Names match from the start of any of their words, in any case. */
const nameTokens = (name: string): readonly string[] =>
  name
    .toLowerCase()
    .split(/\s+/)
    .flatMap((word) => Array.from({ length: word.length }, (_, i) => `name:${word.slice(0, i + 1)}`))

function tokensOf(resource: Resource): readonly string[] {
  const r = fields(resource)
  const names = items(r.name).flatMap((name) => [...items(fields(name).given), fields(name).family])
  return [
    ...items(r.identifier).flatMap((id) => codingTokens('identifier', fields(id).system, fields(id).value)),
    ...codingTokens('status', undefined, r.status),
    ...codingTokens('intent', undefined, r.intent),
    ...codingTokens('action', undefined, r.action),
    ...codingTokens('class', fields(r.class).system, fields(r.class).code),
    ...conceptTokens('code', r.code ?? r.medicationCodeableConcept),
    ...conceptTokens('vaccine-code', r.vaccineCode),
    ...items(r.category).flatMap((category) => conceptTokens('category', category)),
    ...items(r.component).flatMap((component) => conceptTokens('code', fields(component).code)),
    ...items(r.performer).flatMap((one) => referenceTokens('performer', fields(one).actor ?? one)),
    ...items(r.participant).flatMap((one) => referenceTokens('practitioner', fields(one).individual)),
    ...items(r.agent).flatMap((one) => referenceTokens('agent', fields(one).who)),
    ...items(r.entity).flatMap((one) => referenceTokens('entity', fields(one).what)),
    ...referenceTokens('requester', r.requester),
    ...referenceTokens('encounter', r.encounter),
    ...(resource.resourceType === 'Practitioner' ? nameTokens(names.join(' ')) : []),
    ...(typeof r.name === 'string' ? nameTokens(r.name) : []),
  ]
}

/** What a Consent closes to the profession: single documents by reference, or all of them. */
function closesOf(resource: Resource): readonly string[] {
  if (resource.resourceType !== 'Consent') return []
  const data = items(fields(resource.provision).data)
  return data.length === 0 ? ['*'] : data.flatMap((one) => referenceOf(fields(one).reference) ?? [])
}

/** What searches and access rules need to know of a resource. */
export function indexValues(resource: Resource): IndexValues {
  const r = fields(resource)
  const period = fields(r.period)
  const from =
    r.effectiveDateTime ?? r.authoredOn ?? r.occurrenceDateTime ?? r.dateTime ?? r.recorded ?? period.start
  const start = spanOf(text(from) ?? '')
  const end = text(from) === period.start ? spanOf(text(period.end) ?? '') : null
  const open = from === period.start && period.start !== undefined && !end
  const moment = (ms: number | undefined): string | null =>
    ms === undefined ? null : new Date(ms).toISOString()
  return {
    patient: referencedId(r.subject ?? r.patient ?? fields(items(r.entity)[0]).what, 'Patient') ?? null,
    status: text(r.status) ?? null,
    starts: moment(start?.from),
    ends: open ? 'infinity' : moment((end ?? start)?.to),
    encounter: referencedId(r.encounter, 'Encounter') ?? null,
    tokens: [...new Set(tokensOf(resource))],
    closes: closesOf(resource),
  }
}
