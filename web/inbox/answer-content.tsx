import type { AnswerContent } from '#exercise/ledger/answer.ts'
import type { InjectInfo } from '#exercise/scenario/inject.ts'
import type { MessageKey } from '../kit/i18n/message-keys.ts'
import { useLetters } from '../kit/i18n/use-letters.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { FileList } from './file-list.tsx'

/** An answer, as text: whatever it holds is shown as it was written. */
export function AnswerText({
  content,
  info,
}: {
  readonly content: AnswerContent
  readonly info: InjectInfo
}) {
  const say = useSay()
  useLetters(JSON.stringify(content))
  switch (content.kind) {
    case 'text':
      return (
        <p className="written">
          {content.inLanguages?.text ? say.text(content.inLanguages.text) : content.text}
        </p>
      )
    case 'choice': {
      const options = info.expects?.kind === 'choice' ? info.expects.options : []
      const chosen = options.filter(({ id }) => content.chosen.includes(id))
      return <p className="written">{say.list(chosen.map(({ text }) => say.text(text)))}</p>
    }
    case 'file':
      return <FileList files={[content.file]} />
    case 'form': {
      const told = (field: string, text: string) => {
        const words = content.inLanguages?.[field]
        return words ? say.text(words) : text
      }
      return (
        <dl className="written-form">
          {Object.entries(content.fields).map(([field, text]) => (
            <div key={field}>
              <dt>{say.code(`form.sitrep.${field}` as MessageKey)}</dt>
              <dd className="written">{told(field, text)}</dd>
            </div>
          ))}
        </dl>
      )
    }
  }
}
