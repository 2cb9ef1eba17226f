import { useState } from 'react'
import type { CommandPayloads } from '#exercise/decide/commands.ts'
import type { State } from '#exercise/fold/state.ts'
import { CHANNELS, type Inject, ROLES } from '#exercise/scenario/inject.ts'
import type { TimelineRow } from '#exercise/views/timeline-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'
import { shortName } from './names.ts'
import { RubricFields, rubricOf } from './rubric-fields.tsx'
import { Sheet, SheetButtons } from './sheet.tsx'
import { TextFields, textOf } from './text-fields.tsx'
import type { Acts } from './use-acts.ts'

const MINUTE = 60_000
const TITLE = 200
const TEXT = 10_000

type Given = CommandPayloads['add-entry']

/** A message or an attack from scratch, or a message like another. It is added once, however often it is sent. */
export function EntryForm(props: {
  readonly state: State
  readonly atMs: number
  /** What it is a clone of; null: from scratch. */
  readonly of: TimelineRow | null
  /** Ids of the teams that it is offered for; empty: all. */
  readonly teams: readonly string[]
  readonly acts: Acts
  readonly onClose: () => void
}) {
  const say = useSay()
  const { state, atMs, of, acts } = props
  const [id] = useState(() => `added-${Math.random().toString(36).slice(2, 10)}`)
  const [kind, setKind] = useState<Given['entry']['kind']>(of?.kind === 'attack' ? 'attack' : 'inject')
  const [when, setWhen] = useState<'now' | 'in' | 'ready'>('now')
  const like = of?.kind === 'inject' ? state.scenario.injects.find((one) => one.id === of.id) : undefined
  const [wants, setWants] = useState(like ? like.expects !== null : true)
  const [criteria, setCriteria] = useState<readonly number[]>([])
  const attack = of?.kind === 'attack' ? state.scenario.attacks.find((one) => one.id === of.id) : undefined
  // What is like another is graded like that one.
  const graded = wants && !like
  const send = (data: FormData) => {
    const chosen = data.getAll('team').map(String)
    const counts = data.get('counts') === 'on'
    const inMs = Number(data.get('minutes') ?? 0) * MINUTE
    const given: Given = {
      id,
      atMs: when === 'ready' ? null : Math.round(atMs + (when === 'in' ? inMs : 0)),
      teams: chosen.length > 0 && chosen.length < state.teams.length ? chosen : null,
      entry:
        kind === 'attack'
          ? { kind, weakness: String(data.get('weakness')), counts }
          : {
              kind,
              like: like?.id ?? null,
              title: textOf(data, 'title', say.lang),
              text: textOf(data, 'text', say.lang),
              from: textOf(data, 'from', say.lang),
              channel: CHANNELS.find((known) => known === data.get('channel')) ?? 'mail',
              roles: ROLES.filter((role) => data.getAll('role').includes(role)),
              wants: wants ? 'text' : 'nothing',
              ...(graded && criteria.length > 0 && { rubric: rubricOf(data, criteria, say.lang) }),
              withinMs: withinOf(data),
              counts,
            },
    }
    const back = [{ target: { kind, id, team: null }, change: { kind: 'cancel' } as const }]
    void acts
      .give({ type: 'add-entry', data: given }, { name: 'add', back })
      .then((ok) => ok && props.onClose())
  }
  return (
    <Sheet
      wide
      title={of ? say('msel.form.clone', { entry: shortName(of) }) : say('msel.form.new')}
      onClose={props.onClose}
    >
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          send(new FormData(event.currentTarget))
        }}
      >
        {!of && (
          <label className="field">
            {say('msel.form.kind')}
            <select
              value={kind}
              onChange={(event) => setKind(event.target.value === 'attack' ? 'attack' : 'inject')}
            >
              <option value="inject">{say('msel.kind.inject')}</option>
              <option value="attack">{say('msel.kind.attack')}</option>
            </select>
          </label>
        )}
        {kind === 'attack' ? (
          <>
            <label className="field">
              {say('msel.form.weakness')}
              <select name="weakness" required defaultValue={attack?.weakness}>
                {state.scenario.weaknesses.map((weakness) => (
                  <option key={weakness.id} value={weakness.id}>
                    {weakness.service}: {say.text(weakness.title)}
                  </option>
                ))}
              </select>
            </label>
            <p className="small">{say('msel.form.attackWarning')}</p>
          </>
        ) : (
          <>
            <Words inject={like} />
            <label className="check">
              <input type="checkbox" checked={wants} onChange={(event) => setWants(event.target.checked)} />
              {say('msel.form.wants')}
            </label>
            {graded && <RubricFields criteria={criteria} onChange={setCriteria} />}
          </>
        )}
        <TeamChoice state={state} chosen={props.teams} />
        <label className="field">
          {say('msel.form.when')}
          <select
            value={when}
            onChange={(event) => {
              const { value } = event.target
              setWhen(value === 'in' || value === 'ready' ? value : 'now')
            }}
          >
            <option value="now">{say('msel.form.when.now')}</option>
            <option value="in">{say('msel.form.when.in')}</option>
            <option value="ready">{say('msel.form.when.ready')}</option>
          </select>
        </label>
        {when === 'in' && (
          <label className="field">
            {say('msel.form.minutes')}
            <input name="minutes" type="number" min={0} step="any" required defaultValue={5} />
          </label>
        )}
        <label className="check">
          <input type="checkbox" name="counts" />
          {say('msel.form.counts')}
        </label>
        <p className="soft small">{say('msel.form.countsHint')}</p>
        <RefusalText refusal={acts.refusal} />
        <SheetButtons yes={say('msel.form.add')} busy={acts.busy} onClose={props.onClose} />
      </form>
    </Sheet>
  )
}

/** Title, text, sender, channel, roles and time to answer of a message. */
function Words({ inject }: { readonly inject: Inject | undefined }) {
  const say = useSay()
  return (
    <>
      <TextFields name="title" label={say('msel.form.title')} most={TITLE} text={inject?.title ?? null} />
      <TextFields
        name="text"
        label={say('msel.form.text')}
        most={TEXT}
        rows={5}
        text={inject?.text ?? null}
      />
      <TextFields name="from" label={say('msel.form.from')} most={TITLE} text={inject?.from ?? null} />
      <label className="field">
        {say('msel.form.channel')}
        <select name="channel" defaultValue={inject?.channel ?? 'mail'}>
          {CHANNELS.map((channel) => (
            <option key={channel} value={channel}>
              {say(`inbox.channel.${channel}`)}
            </option>
          ))}
        </select>
      </label>
      <Addressees inject={inject} />
    </>
  )
}

/** Roles, and minutes to answer. */
export function Addressees({ inject }: { readonly inject: Inject | undefined }) {
  const say = useSay()
  const minutes = inject ? inject.withinMs && inject.withinMs / MINUTE : 15
  return (
    <>
      <fieldset className="msel-choice">
        <legend>{say('msel.form.roles')}</legend>
        {ROLES.map((role) => (
          <label key={role} className="check">
            <input
              type="checkbox"
              name="role"
              value={role}
              defaultChecked={inject?.roles.includes(role) ?? false}
            />
            {say(`inbox.role.${role}`)}
          </label>
        ))}
      </fieldset>
      <label className="field">
        {say('msel.form.within')}
        <input name="within" type="number" min={0} max={1440} step="any" defaultValue={minutes ?? ''} />
      </label>
    </>
  )
}

/** Which teams; none stands for all. */
export function TeamChoice({ state, chosen }: { readonly state: State; readonly chosen: readonly string[] }) {
  const say = useSay()
  return (
    <fieldset className="msel-choice">
      <legend>{say('msel.form.teams')}</legend>
      {state.teams.map(({ id, name }) => (
        <label key={id} className="check">
          <input type="checkbox" name="team" value={id} defaultChecked={chosen.includes(id)} />
          {say.text(name)}
        </label>
      ))}
    </fieldset>
  )
}

/** Minutes to answer, in ms; null where nothing was written. */
export const withinOf = (data: FormData): number | null => {
  const minutes = Number(data.get('within') || 0)
  return minutes > 0 ? Math.round(minutes * MINUTE) : null
}
