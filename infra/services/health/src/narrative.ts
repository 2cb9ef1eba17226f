import { DOMParser, type Node } from '@xmldom/xmldom'
import { type Html, html, raw } from '../../kit/html.ts'

/** Elements of a narrative that a page shows. All are without attributes; what is in other elements is shown as text. */
const SHOWN = ['p', 'b', 'i', 'strong', 'em', 'ul', 'ol', 'li', 'br', 'table', 'tbody', 'tr', 'th', 'td']
/** Elements whose text is nothing for readers. */
const SILENT = ['script', 'style', 'title', 'template']

const escaped = (said: string): string =>
  said.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** The narrative of a document (XHTML `div`) built anew from what is harmless in it; whoever wrote it is not trusted. */
export function narrative(div: string): Html {
  try {
    const root = new DOMParser({ onError: () => undefined }).parseFromString(div, 'text/xml').documentElement
    return html`<div>${raw(root ? inside(root) : '')}</div>`
  } catch {
    return html`<div>${div}</div>`
  }
}

function inside(node: Node): string {
  return Array.from(node.childNodes ?? [], rebuilt).join('')
}

function rebuilt(node: Node): string {
  if (node.nodeType === node.TEXT_NODE || node.nodeType === node.CDATA_SECTION_NODE)
    return escaped(node.nodeValue ?? '')
  if (node.nodeType !== node.ELEMENT_NODE) return ''
  const name = (node.localName ?? '').toLowerCase()
  if (SILENT.includes(name)) return ''
  if (name === 'br') return '<br>'
  return SHOWN.includes(name) ? `<${name}>${inside(node)}</${name}>` : inside(node)
}
