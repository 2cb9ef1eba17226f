import { useState } from 'react'
import type { CommandPayloads } from '#exercise/decide/commands.ts'
import type { State } from '#exercise/fold/state.ts'
import { CHANNELS, ROLES } from '#exercise/scenario/inject.ts'
import type { TimelineRow } from '#exercise/views/timeline-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'
import { Sheet, SheetButtons } from '../kit/sheet.tsx'
import { CountsField, countsAtFirst, mayCount } from './counts-field.tsx'
import { TeamChoice, Words, withinOf } from './inject-fields.tsx'
import { shortName } from './names.ts'
import { RubricFields, rubricOf } from './rubric-fields.tsx'
import { textOf } from './text-fields.tsx'
import type { Acts } from './use-acts.ts'

const MINUTE = 60_000

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
  // Nobody has said yet whether it counts: then it goes by what else is given.
  const [said, setSaid] = useState<boolean | null>(null)
  const [chosen, setChosen] = useState(props.teams.length)
  const toAll = chosen === 0 || chosen === state.teams.length
  const possible = mayCount(state.scenario, kind, like)
  const counts = possible && (said ?? countsAtFirst({ kind, wants, toAll, like, criteria: criteria.length }))
  const send = (data: FormData) => {
    const teams = data.getAll('team').map(String)
    const inMs = Number(data.get('minutes') ?? 0) * MINUTE
    const given: Given = {
      id,
      atMs: when === 'ready' ? null : Math.round(atMs + (when === 'in' ? inMs : 0)),
      teams: teams.length > 0 && teams.length < state.teams.length ? teams : null,
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
              counts: counts && wants,
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
        onChange={(event) => setChosen(new FormData(event.currentTarget).getAll('team').length)}
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
                    {say.head(weakness.service)}
                    {say.text(weakness.title)}
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
        {(kind === 'attack' || wants) && (
          <CountsField counts={counts} possible={possible} toAll={toAll} onChange={setSaid} />
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
        <RefusalText refusal={acts.refusal} />
        <SheetButtons yes={say('msel.form.add')} busy={acts.busy} onClose={props.onClose} />
      </form>
    </Sheet>
  )
}
