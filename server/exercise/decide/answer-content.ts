import type { DraftField } from '../fold/inject-state.ts'
import type { Actor } from '../ledger/actor.ts'
import type { AnswerContent } from '../ledger/answer.ts'
import { cleanName, FILE_TYPES, typeOfName } from '../scenario/file-types.ts'
import { type Expects, SITREP_FIELDS } from '../scenario/inject.ts'
import { ifSaid, type Refused, refuse, said } from './decision.ts'

/** Longest text of a field of a form. */
export const FIELD_LENGTH = 4_000
/** So often a field of a draft is saved at most: a day of typing. */
const SAVES = 10_000

export const isDraftFull = (field: Pick<DraftField, 'version'> | undefined): boolean =>
  (field?.version ?? 0) >= SAVES
export const draftFull: Refused = refuse('draft-full', `A draft is saved ${SAVES} times at most. Send it.`, {
  max: SAVES,
})

/** So many versions of one answer, or of one report, are taken. */
const VERSIONS_MOST = 50

/** Why no further version is taken; null where there is room for one. */
export const unfitVersion = (versions: number): Refused | null =>
  versions < VERSIONS_MOST
    ? null
    : refuse('too-many-versions', `There are ${VERSIONS_MOST} versions of it, and no more are taken.`, {
        max: VERSIONS_MOST,
      })

/** An answer as it is kept, or why it is none. */
export type Fit = { readonly ok: true; readonly content: AnswerContent } | Refused

const fits = (content: AnswerContent): Fit => ({ ok: true, content })

/** Whether an answer is of the kind that was asked for, and within bounds. */
export function fitAnswer(expects: Expects, content: AnswerContent): Fit {
  if (expects.kind === 'text' && content.kind === 'text') {
    const text = said(content.text, expects.maxLength)
    return text === null ? tooLong(expects.maxLength) : fits({ kind: 'text', text })
  }
  if (expects.kind === 'choice' && content.kind === 'choice') {
    const chosen = expects.options.map(({ id }) => id).filter((id) => content.chosen.includes(id))
    const unknown = content.chosen.find((id) => !chosen.includes(id))
    if (unknown !== undefined || chosen.length === 0 || (chosen.length > 1 && !expects.several))
      return refuse('wrong-answer-kind', 'Choose among the options; one, where not several are asked for.')
    return fits({ kind: 'choice', chosen })
  }
  if (expects.kind === 'sitrep' && content.kind === 'form') {
    const fields: Record<string, string> = {}
    for (const [field, written] of Object.entries(content.fields)) {
      if (!SITREP_FIELDS.includes(field as never)) return unknownField(field)
      const text = ifSaid(written)
      if (text.length > FIELD_LENGTH) return tooLong(FIELD_LENGTH)
      if (text !== '') fields[field] = text
    }
    if (Object.keys(fields).length === 0) return tooLong(FIELD_LENGTH)
    return fits({ kind: 'form', fields })
  }
  if (expects.kind === 'file' && content.kind === 'file') {
    const { name, type, bytes } = content.file
    if (cleanName(name) !== name)
      return refuse(
        'bad-file-name',
        'A file’s name is at most 120 characters, without folders and signs that hide something.',
      )
    if (!expects.types.includes(type) || bytes > expects.maxKiB * 1024)
      return refuse(
        'wrong-answer-kind',
        `A file of at most ${expects.maxKiB} KiB is asked for: ${expects.types.join(', ')}.`,
        { max: expects.maxKiB },
      )
    // What is opened by its name is opened as what it was uploaded as.
    return typeOfName(name) === type ? fits(content) : badEnding(type)
  }
  return refuse('wrong-answer-kind', `This message wants an answer of another kind: ${expects.kind}.`, {
    kind: expects.kind,
  })
}

/** What fits, with a machine's words in all languages beside it. Nobody else may say one thing to some readers and another to others. */
export function asWritten(content: AnswerContent, given: AnswerContent, by: Actor): AnswerContent {
  if (by.kind !== 'pilot' || !('inLanguages' in given) || !given.inLanguages) return content
  if (content.kind !== 'text' && content.kind !== 'form') return content
  return { ...content, inLanguages: given.inLanguages }
}

/** Fields that a draft of an answer may have. */
export function draftFields(expects: Expects | null): readonly string[] {
  if (expects?.kind === 'text') return ['text']
  if (expects?.kind === 'choice') return ['chosen']
  if (expects?.kind === 'file') return ['file']
  return expects?.kind === 'sitrep' ? SITREP_FIELDS : []
}

const badEnding = (type: string): Fit => {
  const endings = Object.entries(FILE_TYPES)
    .flatMap(([ending, is]) => (is === type ? [ending] : []))
    .join(', ')
  return refuse('bad-file-ending', `The name of this file must end with ${endings}.`, { endings })
}

const tooLong = (max: number): Fit =>
  refuse('answer-too-long', `An answer has 1 to ${max} characters.`, { max })

const unknownField = (field: string): Fit =>
  refuse('unknown-field', `The form has no field ${field.slice(0, 40)}.`, { field: field.slice(0, 40) })
