import { useId, useRef, useState } from 'react'
import type { DraftField } from '#exercise/fold/inject-state.ts'
import { saysFiled } from '#exercise/fold/report-state.ts'
import { clockMs, clockText } from '#exercise/scenario/clock-text.ts'
import { CONFIDENCES, type Confidence, isTechnique, type ReportFields } from '#exercise/scenario/report.ts'
import type { ReportView } from '#exercise/views/report-views.ts'
import type { TeamView } from '#exercise/views/views.ts'
import type { WireCommand } from '#exercise/wire/protocol.ts'
import { useSender } from '../feed/use-feed.tsx'
import { useAtMs } from '../feed/use-view.ts'
import { DraftArea } from '../inbox/draft-area.tsx'
import { useDraftField } from '../inbox/use-draft-field.ts'
import { actorName } from '../kit/actor-name.ts'
import { ConfirmButton } from '../kit/confirm.tsx'
import { type Say, useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'

const FIELD_LENGTH = 4_000

/** `inject` stands for the number of the report: the hook is that of answers. */
const saving = (
  { team, inject, field }: { readonly team: string; readonly inject: string; readonly field: string },
  text: string,
): WireCommand => ({ type: 'save-report-draft', data: { team, report: inject, field, text } })

interface Props {
  readonly team: TeamView
  /** Of the report, also where nothing of it is written yet. */
  readonly id: string
  readonly report: ReportView | null
  readonly onFiled: () => void
  readonly onDiscarded: () => void
}

const CHECKED = ['service', 'noticed', 'technique'] as const
type Checked = (typeof CHECKED)[number]

/** What a version says, as the fields of the form begin; a machine's words in the reader's language. */
function writtenBefore(
  say: Say,
  { noticedMs, inLanguages, ...fields }: ReportFields,
): Readonly<Record<string, string>> {
  const actions = inLanguages ? say.text(inLanguages.actions) : fields.actions
  return { ...fields, actions, noticed: clockText(noticedMs) }
}

/** Where a team writes a report. What is written is kept for the whole team while it is written; a new version begins with what the last one says. */
export function ReportForm({ team, id, report, onFiled, onDiscarded }: Props) {
  const say = useSay()
  const atMs = useAtMs()
  const hint = useId()
  const { send, busy, refusal } = useSender()
  const form = useRef<HTMLFormElement>(null)
  const [missed, setMissed] = useState(false)
  const last = report?.versions.at(-1)?.fields
  const said: Readonly<Record<string, string>> = last ? writtenBefore(say, last) : { confidence: 'medium' }
  const use = (field: string) => {
    const saved = report?.draft.find((one) => one.field === field)
    const before: DraftField | undefined = said[field]
      ? { field, text: said[field], by: null, atMs: 0, version: 0, earlier: [] }
      : undefined
    const draft = useDraftField({ team: team.id, inject: id, field }, saved ?? before, saving)
    return { draft, saved }
  }
  const change = last && report?.draft.find((one) => !saysFiled(one, last))
  const [service, noticed, technique] = [use('service'), use('noticed'), use('technique')]
  const [indicators, actions, confidence] = [use('indicators'), use('actions'), use('confidence')]
  const noticedMs = clockMs(noticed.draft.text)
  const faults: Readonly<Record<Checked, string | null>> = {
    service: service.draft.text === '' ? say('report.missing.service') : null,
    noticed:
      noticed.draft.text.trim() === ''
        ? say('report.missing.noticed')
        : noticedMs === null || noticedMs > atMs + 999
          ? say('report.hint.badNoticed')
          : null,
    technique: techniqueFits(technique.draft.text) ? null : say('refusal.bad-report-technique'),
  }
  const idOf = (field: Checked) => `${hint}-${field}`
  /** What stands beside a field: what is wrong with it once somebody wanted to file it, else what may help. */
  const beside = (field: Checked, help?: string) => {
    const fault = missed ? faults[field] : null
    const said = fault ?? help
    return {
      note: said && (
        <span id={`${idOf(field)}-note`} className={fault ? 'refusal' : 'soft small'}>
          {said}
        </span>
      ),
      field: {
        id: idOf(field),
        name: field,
        'aria-invalid': fault !== null,
        ...(said && { 'aria-describedby': `${idOf(field)}-note` }),
      },
    }
  }
  const ofService = beside('service')
  const ofNoticed = beside('noticed', say('report.hint.noticed'))
  const ofTechnique = beside('technique', say('report.hint.technique'))
  const goTo = (field: Checked) => {
    const found = form.current?.elements.namedItem(field)
    if (!(found instanceof HTMLElement)) return
    found.focus({ preventScroll: true })
    found.closest('.field')?.scrollIntoView({ block: 'center' })
  }
  const file = () => {
    setMissed(true)
    const faulty = CHECKED.find((one) => faults[one] !== null)
    if (faulty) return goTo(faulty)
    if (noticedMs === null) return
    const fields = {
      service: service.draft.text,
      noticedMs,
      technique: technique.draft.text,
      indicators: indicators.draft.text,
      actions: actions.draft.text,
      confidence: (confidence.draft.text || 'medium') as Confidence,
    }
    const seen = report?.versions.length ?? 0
    void send({ type: 'file-report', data: { team: team.id, report: id, fields, seen } }).then(
      (taken) => taken && onFiled(),
    )
  }
  const discard = async () => {
    const all = [service, noticed, technique, indicators, actions, confidence]
    for (const { draft } of all) draft.abandon(true)
    const taken = await send({ type: 'discard-report-draft', data: { team: team.id, report: id } })
    if (taken) onDiscarded()
    else for (const { draft } of all) draft.abandon(false)
  }
  return (
    // What is missing is said beside its field, in the page's language: the browser's own bubble stands at a field that nobody sees.
    <form
      ref={form}
      className="answer-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        file()
      }}
    >
      <div className="field">
        <label htmlFor={idOf('service')}>{say('report.field.service')}</label>
        <select
          required
          {...ofService.field}
          value={service.draft.text}
          onChange={(event) => service.draft.write(event.target.value)}
        >
          <option value="">{say('report.chooseService')}</option>
          {team.services.map(({ id: known, title }) => (
            <option key={known} value={known}>
              {say.text(title)}
            </option>
          ))}
        </select>
        {ofService.note}
      </div>
      <div className="field">
        <label htmlFor={idOf('noticed')}>{say('report.field.noticed')}</label>
        <div className="report-noticed">
          <input
            inputMode="numeric"
            autoComplete="off"
            required
            maxLength={10}
            {...ofNoticed.field}
            value={noticed.draft.text}
            onChange={(event) => noticed.draft.write(event.target.value)}
          />
          <button type="button" className="button" onClick={() => noticed.draft.write(clockText(atMs))}>
            {say('report.now')}
          </button>
        </div>
        {ofNoticed.note}
      </div>
      <div className="field">
        <label htmlFor={idOf('technique')}>{say('report.field.technique')}</label>
        <input
          autoComplete="off"
          maxLength={40}
          {...ofTechnique.field}
          value={technique.draft.text}
          onChange={(event) => technique.draft.write(event.target.value)}
        />
        {ofTechnique.note}
      </div>
      <DraftArea
        label={say('report.field.indicators')}
        draft={indicators.draft}
        saved={indicators.saved}
        maxLength={FIELD_LENGTH}
        rows={3}
        disabled={false}
      />
      <p className="soft small">{say('report.hint.indicators')}</p>
      <DraftArea
        label={say('report.field.actions')}
        draft={actions.draft}
        saved={actions.saved}
        maxLength={FIELD_LENGTH}
        rows={3}
        disabled={false}
      />
      <label className="field">
        {say('report.field.confidence')}
        <select
          value={confidence.draft.text}
          onChange={(event) => confidence.draft.write(event.target.value)}
        >
          {CONFIDENCES.map((one) => (
            <option key={one} value={one}>
              {say(`report.confidence.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <div className="answer-send">
        <button type="submit" className="button primary" disabled={busy}>
          {say(last ? 'report.again' : 'report.file')}
        </button>
        {last && <span className="soft">{say('report.againHint')}</span>}
        {report && !last && (
          <ConfirmButton
            className=""
            label={say('report.discard')}
            title={say('report.discardTitle')}
            text={say('report.discardText', { report: id })}
            yes={say('report.discardYes')}
            disabled={busy}
            onYes={() => void discard()}
          />
        )}
      </div>
      {change && (
        <p className="soft">
          {say('report.unfiled', { name: actorName(say, change.by), time: say.clock(change.atMs) })}
        </p>
      )}
      <RefusalText refusal={refusal} />
    </form>
  )
}

const techniqueFits = (text: string): boolean => text.trim() === '' || isTechnique(text.trim().toUpperCase())
