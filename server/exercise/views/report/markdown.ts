import type { Block, ReportDocument } from './document.ts'

/** What would be markup in Markdown, or a tag: what people wrote stays what they wrote. */
const escaped = (text: string): string =>
  text.replace(/[\\`*_[\]<>|#~]/g, (sign) => `\\${sign}`).replace(/\s*\n\s*/g, ' ')
/** At the start of a line these begin a list. */
const line = (text: string): string =>
  escaped(text).replace(/^(\d+)([.)])|^([-+])/, (_, n, dot, sign) => (n ? `${n}\\${dot}` : `\\${sign}`))

/** A report as Markdown, with tables as GitHub writes them. Pictures are left out. */
export function markdownOf({ title, blocks }: ReportDocument): string {
  const parts = [`# ${escaped(title)}`, ...blocks.flatMap((block) => blockText(block) ?? [])]
  return `${parts.join('\n\n')}\n`
}

function blockText(block: Block): string | null {
  switch (block.kind) {
    case 'heading':
      return `## ${escaped(block.text)}`
    case 'text':
      return line(block.text)
    case 'list':
      return block.items
        .map(({ text, href }) => `- ${href ? `[${escaped(text)}](${href})` : line(text)}`)
        .join('\n')
    case 'table':
      return [
        row(block.head.map(escaped)),
        row(block.head.map((_, nth) => (block.rows[0]?.[nth]?.number ? '---:' : '---'))),
        ...block.rows.map((cells) => row(cells.map((one) => escaped(one.text)))),
      ].join('\n')
    case 'picture':
      return null
  }
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
