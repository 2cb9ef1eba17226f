import type { Block, ReportDocument } from '../exercise/views/report/document.ts'

/** A report with only those characters that can be written. */
export const printableDocument = (
  { title, blocks }: ReportDocument,
  printable: (text: string) => string,
): ReportDocument => ({
  title: printable(title),
  blocks: blocks.map((block) => printableBlock(block, printable)),
})

function printableBlock(block: Block, printable: (text: string) => string): Block {
  switch (block.kind) {
    case 'heading':
    case 'text':
      return { ...block, text: printable(block.text) }
    case 'list':
      return { ...block, items: block.items.map((item) => ({ ...item, text: printable(item.text) })) }
    case 'table':
      return {
        ...block,
        head: block.head.map(printable),
        rows: block.rows.map((cells) =>
          cells.map((one) => ({
            ...one,
            text: printable(one.text),
            ...(one.short !== undefined && { short: printable(one.short) }),
          })),
        ),
      }
    case 'picture':
      return { ...block, caption: printable(block.caption) }
  }
}
