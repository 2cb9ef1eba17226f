import { type FormEvent, useEffect, useState } from 'react'
import type { Refusal } from '#exercise/decide/commands.ts'
import type { TeamView } from '#exercise/views/views.ts'
import { apiPath, useRoute } from '../../app/route.ts'
import { asSeat, NO_ANSWER } from '../../feed/as-seat.ts'
import { usePerson } from '../../feed/person.ts'
import { exerciseFor, tokenFor } from '../../feed/seat-tokens.ts'
import { useFeedState, useSender } from '../../feed/use-feed.tsx'
import { useMay } from '../../feed/use-may.ts'
import { useExerciseState } from '../../feed/use-view.ts'
import { actorName } from '../actor-name.ts'
import { useSay } from '../i18n/use-say.ts'
import { RefusalText } from '../refusal.tsx'
import './people.css'

interface Place {
  readonly port: number
  readonly fingerprint: string
}

/** SSH to the team's services: how, by which host key, and which keys open it. */
export function OwnTools({ team }: { readonly team: TeamView }) {
  const say = useSay()
  const token = tokenFor(useRoute())
  const { scenario, teams, phase } = useExerciseState()
  const past = useFeedState((feed) => feed.exercise?.record ?? false)
  const may = useMay('register-key', team.id) && phase !== 'ended' && !past
  const keys = teams.find(({ id }) => id === team.id)?.sshKeys ?? []
  const [place, setPlace] = useState<Place | null>(null)
  const { send, busy, refusal } = useSender()
  useEffect(() => {
    fetch(apiPath('ssh'), { headers: asSeat(token) }).then(
      async (reply) => setPlace(reply.ok ? ((await reply.json()) as Place | null) : null),
      () => setPlace(null),
    )
  }, [token])
  if (!place)
    return (
      <section className="handover" aria-labelledby="own-tools">
        <h2 id="own-tools">{say('ssh.title')}</h2>
        <p className="soft">{say('ssh.off')}</p>
      </section>
    )
  const example = `ssh -p ${place.port} ${team.id}+${team.services[0]?.id ?? ''}@${location.hostname}`
  return (
    <section className="handover" aria-labelledby="own-tools">
      <h2 id="own-tools">{say('ssh.title')}</h2>
      <p>{say('ssh.how')}</p>
      <code className="ssh-line">{example}</code>
      {scenario.terminals?.record !== false && <p className="soft small">{say('ssh.recorded')}</p>}
      <p className="soft small">
        {say.head(say('ssh.host'))}
        <code className="ssh-line">{place.fingerprint}</code>
      </p>
      <h3>{say('ssh.keys')}</h3>
      {keys.length === 0 && <p className="soft">{say('ssh.noKeys')}</p>}
      <ul className="ssh-keys">
        {keys.map(({ fingerprint, by, sinceMs }) => (
          <li key={fingerprint}>
            <code className="ssh-line">{fingerprint}</code>
            <span className="soft small">
              {say('ssh.by', { name: actorName(say, by), time: say.clock(sinceMs) })}
            </span>
            {may && (
              <button
                type="button"
                className="button"
                disabled={busy}
                aria-label={say('ssh.removeOf', { fingerprint })}
                onClick={() => void send({ type: 'remove-key', data: { team: team.id, fingerprint } })}
              >
                {say('ssh.remove')}
              </button>
            )}
          </li>
        ))}
      </ul>
      <RefusalText refusal={refusal} />
      {may && <Register team={team.id} token={token} />}
    </section>
  )
}

function Register({ team, token }: { readonly team: string; readonly token: string | null }) {
  const say = useSay()
  const name = usePerson(exerciseFor(useRoute()))?.name ?? null
  const [key, setKey] = useState('')
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const register = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      const reply = await fetch(apiPath('ssh/keys'), {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...asSeat(token, name) },
        body: JSON.stringify({ team, key }),
      })
      const body = (await reply.json()) as { readonly refusal?: Refusal }
      setRefusal(reply.ok ? null : (body.refusal ?? NO_ANSWER))
      if (reply.ok) setKey('')
    } catch {
      setRefusal(NO_ANSWER)
    }
    setBusy(false)
  }
  return (
    <form className="form" onSubmit={(event) => void register(event)}>
      <label className="field">
        {say('ssh.key')}
        <textarea
          rows={3}
          maxLength={4_000}
          dir="ltr"
          spellCheck={false}
          value={key}
          onChange={(event) => setKey(event.target.value)}
        />
      </label>
      <button type="submit" className="button primary" disabled={busy || key.trim() === ''}>
        {say('ssh.register')}
      </button>
      <RefusalText refusal={refusal} />
    </form>
  )
}
