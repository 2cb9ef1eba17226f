import type { AnswerContent } from '#exercise/ledger/answer.ts'
import { type Expects, SITREP_FIELDS } from '#exercise/scenario/inject.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { beginWith } from './begin-with.ts'
import { ChoiceForm } from './choice-form.tsx'
import { DraftArea } from './draft-area.tsx'
import { draftFile, FileField } from './file-form.tsx'
import { type AnswerProps, Sending } from './sending.tsx'
import { useDraftField } from './use-draft-field.ts'

const FIELD_LENGTH = 4_000

/** What a message may want to be answered with in a form; questions are tried, not sent. */
export type Asked = Exclude<Expects, { kind: 'question' }>

/** Where a team writes its answer to a message. What is written is kept for the whole team while it is written. */
export function AnswerForm({ expects, ...props }: AnswerProps & { readonly expects: Asked }) {
  if (expects.kind === 'choice') return <ChoiceForm {...props} expects={expects} />
  if (expects.kind === 'text') return <TextForm {...props} maxLength={expects.maxLength} />
  if (expects.kind === 'file') return <FileForm {...props} expects={expects} />
  return <SitrepForm {...props} />
}

function TextForm({ maxLength, ...props }: AnswerProps & { readonly maxLength: number }) {
  const say = useSay()
  const { team, item } = props
  const saved = beginWith(say, item, 'text')
  const draft = useDraftField({ team, inject: item.inject, field: 'text' }, saved)
  return (
    <Sending {...props} content={() => ({ kind: 'text', text: draft.text })} empty={draft.text.trim() === ''}>
      <DraftArea
        label={say('inbox.answer')}
        draft={draft}
        saved={saved}
        maxLength={maxLength}
        rows={8}
        disabled={false}
      />
    </Sending>
  )
}

function SitrepForm(props: AnswerProps) {
  const say = useSay()
  const { team, item } = props
  const { inject } = item
  const fields = SITREP_FIELDS.map((field) => {
    const saved = beginWith(say, item, field)
    return { field, saved, draft: useDraftField({ team, inject, field }, saved) }
  })
  const content = (): AnswerContent => ({
    kind: 'form',
    fields: Object.fromEntries(fields.map(({ field, draft }) => [field, draft.text])),
  })
  return (
    <Sending {...props} content={content} empty={fields.every(({ draft }) => draft.text.trim() === '')}>
      {fields.map(({ field, saved, draft }) => (
        <DraftArea
          key={field}
          label={say(`form.sitrep.${field}`)}
          draft={draft}
          saved={saved}
          maxLength={FIELD_LENGTH}
          rows={3}
          disabled={false}
        />
      ))}
    </Sending>
  )
}

function FileForm({
  expects,
  ...props
}: AnswerProps & { readonly expects: Extract<Expects, { kind: 'file' }> }) {
  const say = useSay()
  const { team, item } = props
  const file = draftFile(beginWith(say, item, 'file')?.text)
  const content = (): AnswerContent => ({
    kind: 'file',
    file: file ?? { name: '', type: '', bytes: 0, sha256: '' },
  })
  return (
    <Sending {...props} content={content} empty={file === null}>
      <FileField team={team} inject={item.inject} expects={expects} file={file} />
    </Sending>
  )
}
