import type { RecordedOf } from '../ledger/events.ts'
import type { InjectInfo } from '../scenario/inject.ts'
import { commonEnds } from './common-ends.ts'
import { type Draft, ownList, type TeamDraft, teamIn } from './draft.ts'
import type { DraftField, InjectState } from './inject-state.ts'
import { tellTeam } from './story.ts'

/** What others wrote in a field before, that is kept. */
const EARLIER_KEPT = 20
/** Saves by the same person within this time are one version. ms */
const ONE_VERSION_MS = 60_000

type Saved = RecordedOf<'draft.saved'> | RecordedOf<'report.drafted'>

export function injectSent(draft: Draft, event: RecordedOf<'inject.sent'>) {
  const { team: id, inject, info, deadlineMs } = event.data
  const team = teamIn(draft, id)
  if (!team) return
  const injects = ownList(draft, team.injects)
  injects.push({
    inject,
    info: oneCopy(draft, inject, info),
    sentMs: event.at,
    deadlineMs,
    readMs: null,
    position: event.position,
    answers: [],
    grades: [],
    draft: [],
    tries: [],
    hints: [],
  })
  team.injects = injects
  tellTeam(draft, team, event, 'neutral', 'inject.sent', { params: { inject } })
}

/** A message to many teams says the same to each: one copy of that is kept for all. */
function oneCopy({ root }: Draft, inject: string, info: InjectInfo): InjectInfo {
  for (const { injects } of root.teams) {
    const known = injects.find((sent) => sent.inject === inject)?.info
    if (known) return JSON.stringify(known) === JSON.stringify(info) ? known : info
  }
  return info
}

export function injectRead(draft: Draft, event: RecordedOf<'inject.read'>) {
  changeInject(draft, event.data, (sent) => ({ ...sent, readMs: sent.readMs ?? event.at }))
}

export function injectAnswered(draft: Draft, event: RecordedOf<'inject.answered'>) {
  const { content, by } = event.data
  const version = { atMs: event.at, content, by, position: event.position }
  const team = changeInject(draft, event.data, (sent) => ({ ...sent, answers: [...sent.answers, version] }))
  if (team)
    tellTeam(draft, team, event, 'neutral', 'inject.answered', { params: { inject: event.data.inject } })
}

export function injectGraded(draft: Draft, event: RecordedOf<'inject.graded'>) {
  const { team: _, inject, ...said } = event.data
  const grade = { ...said, atMs: event.at, position: event.position }
  const team = changeInject(draft, event.data, (sent) => ({
    ...sent,
    grades: [...sent.grades.filter(({ grader }) => grader !== grade.grader), grade],
  }))
  if (team) tellTeam(draft, team, event, 'neutral', 'inject.graded', { params: { inject } })
}

export function draftSaved(draft: Draft, event: RecordedOf<'draft.saved'>) {
  changeInject(draft, event.data, (sent) => ({ ...sent, draft: withDraftField(sent.draft, event) }))
}

/** A draft with a field of it written anew. */
export function withDraftField(fields: readonly DraftField[], event: Saved): readonly DraftField[] {
  const { field, text, by } = event.data
  const before = fields.find((one) => one.field === field)
  const saved: DraftField = {
    field,
    text,
    by,
    atMs: event.at,
    version: (before?.version ?? 0) + 1,
    earlier: before ? earlierOf(before, event) : [],
  }
  return [...fields.filter((one) => one.field !== field), saved]
}

/**
 * What somebody else wrote, or long ago, or what was mostly wiped out, stays beside what is written now. Of people who write by turns each keeps what stands no longer in what they wrote
 * later, so that a minute of it does not push out what was there before.
 */
function earlierOf(before: DraftField, { at, data }: Saved): DraftField['earlier'] {
  const { text, by, atMs } = before
  const goesOn = (one: Written, later: Written) =>
    JSON.stringify(one.by) === JSON.stringify(later.by) &&
    later.atMs - one.atMs < ONE_VERSION_MS &&
    standsIn(one.text, later.text)
  if (text.trim() === '' || goesOn(before, { ...data, atMs: at })) return before.earlier
  return bounded([...before.earlier.filter((one) => !goesOn(one, before)), { text, by, atMs }])
}

/** Whoever wrote the most gives way first: saving often pushes out nobody else's text. */
function bounded(texts: readonly Written[]): readonly Written[] {
  if (texts.length <= EARLIER_KEPT) return texts
  const names = texts.map(({ by }) => JSON.stringify(by))
  const count = (name: string) => names.filter((one) => one === name).length
  const most = Math.max(...names.map(count))
  return texts.toSpliced(
    names.findIndex((name) => count(name) === most),
    1,
  )
}

type Written = DraftField['earlier'][number]

/** Nearly all of a text is still there: one piece was put in or changed, and little went for it. */
function standsIn(text: string, later: string): boolean {
  const { front, back } = commonEnds(text, later)
  return (text.length - front - back) * 4 <= text.length
}

export function changeInject(
  draft: Draft,
  { team: id, inject }: { readonly team: string; readonly inject: string },
  to: (sent: InjectState) => InjectState,
): TeamDraft | undefined {
  const team = teamIn(draft, id)
  const index = team?.injects.findIndex((one) => one.inject === inject) ?? -1
  const sent = team?.injects[index]
  if (!team || !sent) return undefined
  const injects = ownList(draft, team.injects)
  injects[index] = to(sent)
  team.injects = injects
  return team
}
