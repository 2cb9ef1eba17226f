import { useState } from 'react'
import type { Refusal } from '#exercise/decide/commands.ts'
import { apiPath, useRoute } from '../app/route.ts'
import { asSeat, NO_ANSWER } from '../feed/as-seat.ts'
import { tokenFor } from '../feed/seat-tokens.ts'
import { RefusalText } from '../kit/refusal.tsx'
import { saveBlob } from '../kit/save-blob.ts'

/** Saves a file that the platform makes. `path`: of the exercise, after its own. */
export function FileButton(props: {
  readonly path: string
  readonly file: string
  readonly children: React.ReactNode
}) {
  const { path, file, children } = props
  const route = useRoute()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const bring = async () => {
    setBusy(true)
    try {
      const reply = await fetch(apiPath(path), { headers: asSeat(tokenFor(route)) })
      if (reply.ok) saveBlob(await reply.blob(), file)
      setRefusal(reply.ok ? null : ((await reply.json()).refusal ?? NO_ANSWER))
    } catch {
      setRefusal(NO_ANSWER)
    }
    setBusy(false)
  }
  return (
    <>
      <button type="button" className="button" disabled={busy} onClick={() => void bring()}>
        {children}
      </button>
      <RefusalText refusal={refusal} />
    </>
  )
}
