import { useState } from 'react'
import type { Refusal } from '#exercise/decide/commands.ts'
import { apiPath, useRoute } from '../app/route.ts'
import { asSeat, NO_ANSWER } from '../feed/as-seat.ts'
import { tokenFor } from '../feed/seat-tokens.ts'
import { useExerciseState } from '../feed/use-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'
import { saveBlob } from '../kit/save-blob.ts'

/** The exercise as one file that proves itself, as `kilp export` writes it: for white. */
export function ExportButton() {
  const say = useSay()
  const route = useRoute()
  const { exerciseId } = useExerciseState()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const bring = async () => {
    setBusy(true)
    try {
      const reply = await fetch(apiPath('export'), { headers: asSeat(tokenFor(route)) })
      if (reply.ok) saveBlob(await reply.blob(), `kilp-${exerciseId}.tar`)
      setRefusal(reply.ok ? null : ((await reply.json()).refusal ?? NO_ANSWER))
    } catch {
      setRefusal(NO_ANSWER)
    }
    setBusy(false)
  }
  return (
    <>
      <button type="button" className="button" disabled={busy} onClick={() => void bring()}>
        {say('report.page.export')}
      </button>
      <RefusalText refusal={refusal} />
    </>
  )
}
