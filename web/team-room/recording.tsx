import { useCallback, useEffect, useState } from 'react'
import type { Refusal } from '#exercise/decide/commands.ts'
import type { ServiceView } from '#exercise/views/views.ts'
import { apiPath, useRoute } from '../app/route.ts'
import { asSeat, NO_ANSWER } from '../feed/as-seat.ts'
import { usePerson } from '../feed/person.ts'
import { exerciseFor, tokenFor } from '../feed/seat-tokens.ts'
import { useMay, useStands } from '../feed/use-may.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'
import { saveBlob } from '../kit/save-blob.ts'

interface Latest {
  readonly service: string
  readonly running: boolean
  readonly bytes: number | null
}

const LOOK_MS = 2_000
const SECONDS = 60
/** Records what comes and goes at a service, and gives the file. Nothing for seats that may not. */
export function Recording({ team, service }: { readonly team: string; readonly service: ServiceView }) {
  const say = useSay()
  const route = useRoute()
  const token = tokenFor(route)
  const name = usePerson(exerciseFor(route))?.name ?? null
  const stands = useStands()
  const may = useMay('record-traffic', team) && stands
  const [latest, setLatest] = useState<Latest | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const ask = useCallback(
    async (path: string, init: RequestInit = {}, says = true) => {
      const headers = {
        ...asSeat(token, name),
        ...init.headers,
      }
      const reply = await fetch(apiPath(path), { ...init, headers }).catch(() => null)
      if (reply?.ok) return reply
      const body = (await reply?.json().catch(() => null)) as { readonly refusal?: Refusal } | null
      if (says) setRefusal(body?.refusal ?? NO_ANSWER)
      return null
    },
    [token, name],
  )
  const look = useCallback(async () => {
    // Nobody has asked for this look: that it fails is told when somebody records.
    const reply = await ask(`traffic?${new URLSearchParams({ team })}`, {}, false)
    const known = (await reply?.json().catch(() => undefined)) as Latest | null | undefined
    if (known !== undefined) setLatest(known)
  }, [ask, team])
  const running = latest?.running ?? false
  useEffect(() => {
    if (!may) return
    void look()
    const timer = running ? setInterval(() => void look(), LOOK_MS) : undefined
    return () => clearInterval(timer)
  }, [may, running, look])
  if (!may) return null

  const record = async () => {
    setRefusal(null)
    await ask('traffic', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ team, service: service.id }),
    })
    await look()
  }
  const download = async () => {
    setRefusal(null)
    const reply = await ask(`traffic/file?${new URLSearchParams({ team })}`)
    if (!reply) return
    saveBlob(await reply.blob(), `${team}-${latest?.service ?? service.id}.pcap`)
  }
  return (
    <section className="card recording" aria-label={say('traffic.record')}>
      <button type="button" className="button" disabled={running} onClick={() => void record()}>
        {say('traffic.record')}
      </button>
      <p className="soft small">{say('traffic.bounds')}</p>
      <p role="status">
        {running
          ? say('traffic.now', { seconds: SECONDS })
          : latest?.bytes
            ? say('traffic.done', { service: latest.service, size: Math.ceil(latest.bytes / 1_024) })
            : ''}
      </p>
      {!running && latest?.bytes ? (
        <button type="button" className="button" onClick={() => void download()}>
          {say('traffic.download')}
        </button>
      ) : null}
      <RefusalText refusal={refusal} />
    </section>
  )
}
