import { useState } from 'react'
import { isRubricGraded } from '#exercise/decide/rubric-trouble.ts'
import type { State } from '#exercise/fold/state.ts'
import type { EntryChange, EntryEdit } from '#exercise/scenario/entry-change.ts'
import { ROLES } from '#exercise/scenario/inject.ts'
import type { TimelineRow } from '#exercise/views/timeline-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'
import { Sheet, SheetButtons } from '../kit/sheet.tsx'
import { Addressees, TeamChoice, withinOf } from './inject-fields.tsx'
import { shortName } from './names.ts'
import { RubricFields, rubricOver } from './rubric-fields.tsx'
import { TextFields, textOf } from './text-fields.tsx'
import type { Acts } from './use-acts.ts'

/** What of an entry can be edited. */
export const editable = ({ kind }: Pick<TimelineRow, 'kind'>): boolean =>
  kind === 'inject' || kind === 'attack' || kind === 'note'

/** Words, deadline and addressees of an entry that has not come. What somebody else changed since the form was opened is not overwritten. */
export function EditForm(props: {
  readonly state: State
  readonly row: TimelineRow
  readonly acts: Acts
  readonly onClose: () => void
}) {
  const say = useSay()
  const { row, acts } = props
  // As it was when the form was opened.
  const [{ state, seen }] = useState({ state: props.state, seen: row.count })
  const { injects, attacks, tutor } = state.scenario
  const inject = row.kind === 'inject' ? injects.find(({ id }) => id === row.id) : undefined
  const attack = row.kind === 'attack' ? attacks.find(({ id }) => id === row.id) : undefined
  const note = row.kind === 'note' ? tutor.find(({ id }) => id === row.id) : undefined
  const title = inject?.title ?? attack?.title
  const text = inject?.text ?? note?.text
  const rubric = inject && isRubricGraded(inject.expects) ? inject.rubric : []
  const [criteria, setCriteria] = useState<readonly number[]>(rubric.map((_, index) => index + 1))
  // As it is now: it may have come to somebody while the form was open.
  const fixed = row.cells.some(({ came }) => came)
  const send = (data: FormData) => {
    const chosen = data.getAll('team').map(String)
    const now: EntryEdit = {
      ...(title && { title: textOf(data, 'title', say.lang) }),
      ...(text && { text: textOf(data, 'text', say.lang) }),
      ...(inject && {
        withinMs: withinOf(data),
        ...(rubric.length > 0 &&
          !fixed &&
          criteria.length > 0 && { rubric: rubricOver(data, criteria, say.lang, rubric) }),
        roles: ROLES.filter((role) => data.getAll('role').includes(role)),
        teams: chosen.length > 0 && chosen.length < state.teams.length ? chosen : null,
      }),
    }
    const before: Readonly<Record<string, unknown>> = { ...(inject ?? attack ?? note) }
    const differs = ([name, value]: readonly [string, unknown]) =>
      JSON.stringify(value) !== JSON.stringify(before[name])
    const changed = Object.fromEntries(Object.entries(now).filter(differs)) as EntryEdit
    const names = Object.keys(changed)
    if (names.length === 0) return props.onClose()
    const back = Object.fromEntries(names.map((name) => [name, before[name]])) as EntryEdit
    const target = { kind: row.kind, id: row.id, team: null }
    const change: EntryChange = { kind: 'edit', ...changed }
    void acts
      .give(
        { type: 'change-entry', data: { ...target, change, seen } },
        { name: 'edit', back: [{ target, change: { kind: 'edit', ...back } }] },
      )
      .then((ok) => ok && props.onClose())
  }
  return (
    <Sheet wide title={say('msel.form.edit', { entry: shortName(row) })} onClose={props.onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          send(new FormData(event.currentTarget))
        }}
      >
        {title && <TextFields name="title" label={say('msel.form.title')} most={200} text={title} />}
        {text && <TextFields name="text" label={say('msel.form.text')} most={10_000} rows={6} text={text} />}
        {inject && (
          <>
            <Addressees inject={inject} />
            {rubric.length > 0 &&
              (fixed ? (
                <p className="small">{say('msel.form.rubricFixed')}</p>
              ) : (
                <RubricFields criteria={criteria} onChange={setCriteria} given={rubric} />
              ))}
            <TeamChoice state={state} chosen={inject.teams ?? []} />
          </>
        )}
        <RefusalText refusal={acts.refusal} />
        <SheetButtons yes={say('msel.form.save')} busy={acts.busy} onClose={props.onClose} />
      </form>
    </Sheet>
  )
}
