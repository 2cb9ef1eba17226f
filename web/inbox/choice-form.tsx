import type { Expects } from '#exercise/scenario/inject.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { beginWith } from './begin-with.ts'
import { DraftState } from './draft-area.tsx'
import { type AnswerProps, Sending } from './sending.tsx'
import { useDraftField } from './use-draft-field.ts'

/** Where a team chooses among answers. What is chosen is kept for the whole team, like what is written. */
export function ChoiceForm({
  expects,
  ...props
}: AnswerProps & { readonly expects: Extract<Expects, { kind: 'choice' }> }) {
  const say = useSay()
  const { team, item } = props
  const { inject } = item
  const saved = beginWith(say, item, 'chosen')
  const draft = useDraftField({ team, inject, field: 'chosen' }, saved)
  const marked = draft.text.split(' ')
  const chosen = expects.options.map(({ id }) => id).filter((id) => marked.includes(id))
  const choose = (id: string, on: boolean) => {
    const others = expects.several ? chosen.filter((one) => one !== id) : []
    draft.write([...others, ...(on ? [id] : [])].join(' '))
  }
  return (
    <Sending {...props} content={() => ({ kind: 'choice', chosen })} empty={chosen.length === 0}>
      <fieldset className="choices">
        <legend>{say('inbox.answer')}</legend>
        {expects.options.map(({ id, text }) => (
          <label key={id}>
            <input
              type={expects.several ? 'checkbox' : 'radio'}
              name={inject}
              checked={chosen.includes(id)}
              onChange={(event) => choose(id, event.target.checked)}
            />
            {say.text(text)}
          </label>
        ))}
      </fieldset>
      <DraftState draft={draft} saved={saved} />
    </Sending>
  )
}
