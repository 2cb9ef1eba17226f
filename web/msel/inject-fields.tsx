import type { State } from '#exercise/fold/state.ts'
import { CHANNELS, type Inject, ROLES } from '#exercise/scenario/inject.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { TextFields } from './text-fields.tsx'

const MINUTE = 60_000
const TITLE = 200
const TEXT = 10_000

/** Title, text, sender, channel, roles and time to answer of a message. */
export function Words({ inject }: { readonly inject: Inject | undefined }) {
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
