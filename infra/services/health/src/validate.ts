import { DOMParser } from '@xmldom/xmldom'
import { ELEMENTS, type Element, type Kind } from './elements.ts'
import { FhirError, type Resource, text } from './fhir.ts'
import { isDateTime } from './fhir-dates.ts'

const DEEPEST = 12

/**
 * Checks a resource of `type` that somebody sent against the elements that this server keeps, and gives it without `id` and `meta`,
 * which are the server's own. @throws FhirError 400 for what is not FHIR, 422 for what is, but not acceptable here
 */
export function validate(type: string, given: unknown): Resource {
  if (!isObject(given)) throw new FhirError(400, 'structure', 'The body is not a resource')
  if (given.resourceType !== type)
    throw new FhirError(400, 'invalid', `The body is not a ${type}`, `${type}.resourceType`)
  const { id: _id, meta: _meta, resourceType: _type, ...content } = given
  checkObject(type, content, ELEMENTS[type] ?? {}, 0)
  return { resourceType: type, ...content }
}

function checkObject(
  path: string,
  given: Readonly<Record<string, unknown>>,
  elements: Readonly<Record<string, Element>>,
  depth: number,
): void {
  if (depth > DEEPEST) throw new FhirError(400, 'structure', 'The document is nested too deeply', path)
  for (const name of Object.keys(given))
    if (!Object.hasOwn(elements, name))
      throw new FhirError(400, 'structure', `The element ${name} is not supported`, `${path}.${name}`)
  const chosen = new Map<string, string>()
  for (const [name, element] of Object.entries(elements)) {
    const value = given[name]
    const at = `${path}.${name}`
    if (element.choice && value !== undefined) {
      const other = chosen.get(element.choice)
      const all = `${path}.${element.choice}`
      if (other)
        throw new FhirError(400, 'structure', `${all}[x] is there as ${other} and ${name}; keep one`, all)
      chosen.set(element.choice, name)
    }
    if (value === undefined) {
      if (element.min === 1) throw new FhirError(422, 'required', `${at} is missing`, at)
    } else if (element.many) {
      if (!Array.isArray(value) || value.length === 0)
        throw new FhirError(400, 'structure', `${at} must be a list with something in it`, at)
      for (const [i, one] of value.entries()) checkValue(`${at}[${i}]`, one, element, depth)
    } else checkValue(at, value, element, depth)
  }
}

function checkValue(at: string, value: unknown, element: Element, depth: number): void {
  if (element.parts) {
    if (!isObject(value) || Object.keys(value).length === 0)
      throw new FhirError(400, 'structure', `${at} must be an object with something in it`, at)
    checkObject(at, value, element.parts, depth + 1)
    return
  }
  if (!isKind(element.kind, value)) throw new FhirError(400, 'value', `${at} is not a ${element.kind}`, at)
  if (element.values && !element.values.includes(String(value)))
    throw new FhirError(422, 'value', `${at} must be one of ${element.values.join(', ')}`, at)
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function isKind(kind: Kind, value: unknown): boolean {
  const said = text(value)
  if (kind === 'boolean') return typeof value === 'boolean'
  if (kind === 'decimal') return typeof value === 'number' && Number.isFinite(value)
  if (
    said === undefined ||
    said === '' ||
    said.length > 20_000 ||
    said.includes('\u0000') ||
    !said.isWellFormed()
  )
    return false
  if (kind === 'code') return /^[^\s]+( [^\s]+)*$/.test(said)
  if (kind === 'dateTime') return isDateTime(said)
  if (kind === 'uri') return /^\S+$/.test(said)
  if (kind === 'xhtml') return isDiv(said)
  return /\S/.test(said)
}

/** A narrative is one well-formed XHTML `div`. What in it may be shown is the business of whoever shows it. */
function isDiv(markup: string): boolean {
  try {
    const root = new DOMParser({ onError: () => undefined }).parseFromString(
      markup,
      'text/xml',
    ).documentElement
    return root?.localName === 'div' && root.namespaceURI === 'http://www.w3.org/1999/xhtml'
  } catch {
    return false
  }
}
