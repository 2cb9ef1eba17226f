import type { DraftField } from '#exercise/fold/inject-state.ts'
import type { AnswerContent } from '#exercise/ledger/answer.ts'
import type { InboxItem } from '#exercise/views/inbox-view.ts'
import type { Say } from '../kit/i18n/use-say.ts'

/** What a field of an answer's form says of an answer that was sent: a machine's words in the reader's language. */
export function fieldText(say: Say, content: AnswerContent | null | undefined, field: string): string {
  switch (content?.kind) {
    case 'text':
      return content.inLanguages?.text ? say.text(content.inLanguages.text) : content.text
    case 'form': {
      const told = content.inLanguages?.[field]
      return told ? say.text(told) : (content.fields[field] ?? '')
    }
    case 'choice':
      return content.chosen.join(' ')
    case 'file':
      return JSON.stringify(content.file)
    case undefined:
      return ''
  }
}

/** What a field of the form begins with: the draft; where nobody has written one, what was sent last, by whomever. */
export function beginWith(say: Say, item: InboxItem, field: string): DraftField | undefined {
  const saved = item.draft.find((one) => one.field === field)
  const last = item.answers.at(-1)
  if (saved || !last) return saved
  const text = fieldText(say, last.content, field)
  return { field, text, by: last.by, atMs: last.atMs, version: 0, earlier: [] }
}

/** What was written since the answer was sent, and says something else; undefined when there is nothing of the kind. */
export function unsentChange(say: Say, item: InboxItem): DraftField | undefined {
  const last = item.answers.at(-1)
  return item.draft.find(
    ({ field, text, atMs }) =>
      last && atMs > last.atMs && text.trim() !== fieldText(say, last.content, field).trim(),
  )
}
