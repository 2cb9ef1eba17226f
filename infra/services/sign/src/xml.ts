import { DOMParser, type Element, type Node } from '@xmldom/xmldom'
import { BadContainer } from './zip-error.ts'

const ELEMENT = 1

export const escapeXml = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c)

/** Root of a well-formed document without a document type (so without entities of its own). `what` names it in errors. */
export function parseXml(text: string, what: string): Element {
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) throw new BadContainer(`${what} has a document type declaration`)
  try {
    const parser = new DOMParser({
      onError: (_, message) => {
        throw new Error(message)
      },
    })
    const root = parser.parseFromString(text, 'text/xml').documentElement
    if (root) return root
  } catch {
    // Said below.
  }
  throw new BadContainer(`${what} is not well-formed XML`)
}

const isElement = (node: Node): node is Element => node.nodeType === ELEMENT

/** The child elements of a parent. */
function children(parent: Element): readonly Element[] {
  return Array.from(parent.childNodes).filter(isElement)
}

/** The one child element of this namespace and name. Throws `BadContainer` when there is none or several. */
export function onlyChild(parent: Element, namespace: string, name: string): Element {
  const found = children(parent).filter(
    (child) => child.namespaceURI === namespace && child.localName === name,
  )
  const [child] = found
  if (!child || found.length > 1)
    throw new BadContainer(`${parent.localName} must have one ${name}, and has ${found.length}`)
  return child
}
onlyChild.all = children

export const textOf = (element: Element): string => (element.textContent ?? '').trim()
