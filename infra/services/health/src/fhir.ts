import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Protocol } from '../../kit/protocol.ts'
import { environment } from '../../kit/secrets.ts'

/** A FHIR resource as JSON. */
export type Resource = Readonly<Record<string, unknown>> & { readonly resourceType: string }

export const FHIR_JSON = 'application/fhir+json; charset=utf-8'

/** Codes of the value set issue-type that this service uses. */
export type IssueCode =
  | 'invalid'
  | 'structure'
  | 'required'
  | 'value'
  | 'login'
  | 'forbidden'
  | 'suppressed'
  | 'not-supported'
  | 'not-found'
  | 'conflict'
  | 'business-rule'
  | 'exception'
  | 'too-long'
  | 'transient'

/** What goes wrong with a request, as FHIR says it: an OperationOutcome with the HTTP status. */
export class FhirError extends Error {
  override name = 'FhirError'
  readonly status: ContentfulStatusCode
  readonly code: IssueCode
  /** FHIRPath of the element that is wrong. */
  readonly expression: string | undefined

  constructor(status: ContentfulStatusCode, code: IssueCode, diagnostics: string, expression?: string) {
    super(diagnostics)
    this.status = status
    this.code = code
    this.expression = expression
  }
}

export function operationOutcome({
  code,
  message,
  expression,
}: Pick<FhirError, 'code' | 'message' | 'expression'>): Resource {
  const issue = { severity: 'error', code, diagnostics: message }
  return {
    resourceType: 'OperationOutcome',
    issue: [expression ? { ...issue, expression: [expression] } : issue],
  }
}

export const fhirBase = (): string => `${environment('BASE_URL')}/fhir`

/** Sends a resource with the content type of FHIR. */
export function answer(c: Context, resource: Resource, status: ContentfulStatusCode = 200): Response {
  c.header('content-type', FHIR_JSON)
  c.header('cache-control', 'no-store')
  return c.body(JSON.stringify(resource), status)
}

const CODES: Readonly<Record<number, IssueCode>> = {
  401: 'login',
  403: 'forbidden',
  404: 'not-found',
  413: 'too-long',
  500: 'exception',
  503: 'transient',
}

/** What the kit refuses, as FHIR says it. */
export const fhir: Protocol = {
  say: (c, { status, message }) =>
    answer(c, operationOutcome({ code: CODES[status] ?? 'invalid', message, expression: undefined }), status),
}

/** Members of something that may be anything. */
export const fields = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}

/** The items of a list; none of anything else. */
export const items = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** A text, or nothing. */
export const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** What a Reference points to, `Patient/123`: relative, or absolute at this server. */
export function referenceOf(value: unknown): string | undefined {
  const reference = text(fields(value).reference)
  return reference?.startsWith(`${fhirBase()}/`) ? reference.slice(fhirBase().length + 1) : reference
}

/** The id in a Reference to `type`; undefined when it points to something else. */
export function referencedId(value: unknown, type: string): string | undefined {
  const [to, id, ...rest] = (referenceOf(value) ?? '').split('/')
  return to === type && rest.length === 0 ? id : undefined
}
