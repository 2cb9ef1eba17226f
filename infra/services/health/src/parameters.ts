import { FhirError, fhirBase } from './fhir.ts'
import { dateCondition, readDateParameter, widened } from './fhir-dates.ts'

export type ParameterKind = 'token' | 'reference' | 'date' | 'string'

export interface ResourceKind {
  /** Search parameters beside `_id`, `_lastUpdated`, `_count`, `_offset` and `_sort`. */
  readonly parameters: Readonly<Record<string, ParameterKind>>
  /** `_include` values, by the reference parameter that they follow. */
  readonly includes: readonly string[]
  readonly interactions: readonly ('read' | 'vread' | 'search-type' | 'create' | 'update')[]
}

const ofPatient = { patient: 'reference', subject: 'reference' } as const
const written = ['read', 'vread', 'search-type', 'create', 'update'] as const
const readOnly = ['read', 'vread', 'search-type'] as const

/** What the service keeps and how it is found; the CapabilityStatement is made from this. */
export const KINDS: Readonly<Record<string, ResourceKind>> = {
  Patient: { parameters: { identifier: 'token' }, includes: [], interactions: readOnly },
  Practitioner: { parameters: { identifier: 'token', name: 'string' }, includes: [], interactions: readOnly },
  Organization: { parameters: { identifier: 'token', name: 'string' }, includes: [], interactions: readOnly },
  Encounter: {
    parameters: { ...ofPatient, date: 'date', status: 'token', class: 'token', practitioner: 'reference' },
    includes: ['practitioner'],
    interactions: written,
  },
  Observation: {
    parameters: {
      ...ofPatient,
      code: 'token',
      category: 'token',
      date: 'date',
      status: 'token',
      encounter: 'reference',
      performer: 'reference',
    },
    includes: ['performer'],
    interactions: written,
  },
  MedicationRequest: {
    parameters: {
      ...ofPatient,
      code: 'token',
      authoredon: 'date',
      status: 'token',
      intent: 'token',
      encounter: 'reference',
      requester: 'reference',
    },
    includes: ['requester'],
    interactions: written,
  },
  Immunization: {
    parameters: {
      patient: 'reference',
      'vaccine-code': 'token',
      date: 'date',
      status: 'token',
      performer: 'reference',
    },
    includes: ['performer'],
    interactions: written,
  },
  Consent: {
    parameters: { patient: 'reference', status: 'token', date: 'date' },
    includes: [],
    interactions: written,
  },
  AuditEvent: {
    parameters: {
      patient: 'reference',
      date: 'date',
      agent: 'reference',
      entity: 'reference',
      action: 'token',
    },
    includes: [],
    interactions: readOnly,
  },
}

/** A search as SQL: conditions over the table `resource`, whose values are numbered from `values.length` at the start on. */
export interface Search {
  readonly conditions: readonly string[]
  readonly values: readonly unknown[]
  readonly count: number
  readonly offset: number
  readonly newestFirst: boolean
  /** Parameters whose references come along. */
  readonly includes: readonly string[]
  /** The parameters that were understood, for the self link. */
  readonly used: readonly (readonly [string, string])[]
}

const MOST = 100
const USUAL = 20
const SORTS = ['date', '-date']
/** Values of `_summary`. Without the first two a server may send whole resources all the same. */
const SUMMARIES = ['count', 'false', 'true', 'text', 'data']

/**
 * Reads the parameters of a search for `type`. Unknown ones are left out (R4 lets a server do so) unless `strict` handling is asked
 * for. `patient`, `subject` and their like are not conditions here: the caller decides whose record is searched.
 * @throws FhirError 400 when a value is not valid or a modifier not known
 */
export function readSearch(
  type: string,
  given: readonly (readonly [string, string])[],
  { strict = false, now = Date.now() } = {},
): Search {
  const kind = KINDS[type] as ResourceKind
  const conditions: string[] = []
  const values: unknown[] = []
  const used: [string, string][] = []
  const includes: string[] = []
  const paging = { count: USUAL, offset: 0 }
  let newestFirst = true
  let totalOnly = false
  const bind = (value: unknown): string => `$${values.push(value)}`

  for (const [name, value] of given) {
    if (value.includes('\u0000'))
      throw new FhirError(400, 'value', `${name} holds a character that no text has`)
    const [plain = '', modifier] = name.split(':')
    const parameter = plain === '_lastUpdated' ? 'date' : kind.parameters[plain]
    if (modifier !== undefined && (parameter || plain.startsWith('_')))
      throw new FhirError(400, 'not-supported', `The modifier :${modifier} of ${plain} is not supported`)
    if (name === '_count' || name === '_offset') {
      if (!/^\d{1,6}$/.test(value)) throw new FhirError(400, 'value', `${name} is not a whole number`)
      if (name === '_count') paging.count = Math.min(Number(value), MOST)
      else paging.offset = Number(value)
      continue
    } else if (name === '_sort') {
      if (!SORTS.includes(value)) throw new FhirError(400, 'not-supported', 'Sort by date or -date')
      newestFirst = value === '-date'
    } else if (name === '_summary') {
      if (!SUMMARIES.includes(value)) throw new FhirError(400, 'value', `_summary=${value} is not known`)
      if (strict && SUMMARIES.indexOf(value) > 1)
        throw new FhirError(400, 'not-supported', `_summary=${value} is not supported`)
      totalOnly = value === 'count'
    } else if (name === '_include') {
      const [of, along] = value.split(':')
      if (of !== type || !along || !kind.includes.includes(along))
        throw new FhirError(400, 'not-supported', `_include=${value} is not supported`)
      includes.push(along)
    } else if (name === '_id') {
      conditions.push(`id = any(${bind(value.split(','))})`)
    } else if (parameter === 'date') {
      conditions.push(dateOf(plain, value, now, bind))
    } else if (parameter === 'string') {
      conditions.push(`tokens && ${bind(value.split(',').map((one) => `${plain}:${one.toLowerCase()}`))}`)
    } else if (parameter && !isPatient(plain)) {
      conditions.push(`tokens && ${bind(value.split(',').map((one) => tokenOf(plain, parameter, one)))}`)
    } else if (!parameter && strict) {
      throw new FhirError(400, 'not-supported', `The parameter ${name} is not known here`)
    }
    if (parameter || ['_id', '_sort', '_include'].includes(name)) used.push([name, value])
  }
  const shown = { conditions, values, newestFirst, includes }
  if (totalOnly) return { ...shown, count: 0, offset: 0, used: [...used, ['_summary', 'count']] }
  return { ...shown, ...paging, used }
}

const isPatient = (name: string): boolean => name === 'patient' || name === 'subject'

function dateOf(name: string, value: string, now: number, bind: (value: unknown) => string): string {
  const spans = value.split(',').map((one) => {
    const read = readDateParameter(one)
    if (!read) throw new FhirError(400, 'value', `${name}=${one} is not a date`)
    const { from, to } = read.prefix === 'ap' ? widened(read.span, now) : read.span
    const moment = (ms: number) => `to_timestamp(${bind(ms / 1000)}::float8)`
    // Only bounds that a prefix compares with are bound: the database refuses a value that nothing uses.
    const condition = dateCondition(read.prefix, '{from}', '{to}')
      .replaceAll('{from}', () => moment(from))
      .replaceAll('{to}', () => moment(to))
    return name === '_lastUpdated' ? condition.replace(/\b(starts|ends)\b/g, 'updated') : condition
  })
  return `(${spans.join(' or ')})`
}

/** A value of a token or reference parameter as resources carry it in `tokens`. */
function tokenOf(name: string, kind: ParameterKind, value: string): string {
  if (kind === 'token') return `${name}:${value}`
  const relative = value.startsWith(`${fhirBase()}/`) ? value.slice(fhirBase().length + 1) : value
  const target = name === 'encounter' ? 'Encounter' : 'Practitioner'
  return `${name}:${relative.includes('/') ? relative : `${target}/${relative}`}`
}

/** Personal codes or ids of the patients whom a search names, in whichever way; several are several. */
export function patientsAsked(
  type: string,
  given: readonly (readonly [string, string])[],
): readonly string[] {
  const names = type === 'Patient' ? ['_id', 'identifier'] : ['patient', 'subject']
  const asked = given
    .filter(([name]) => names.includes(name))
    .flatMap(([, value]) => value.split(','))
    .map((value) => value.replace(/^.*[|/]/, ''))
  return [...new Set(asked)]
}
