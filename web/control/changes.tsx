import { useState } from 'react'
import type { Refusal } from '#exercise/decide/commands.ts'
import { useRoute } from '../app/route.ts'
import { tokenFor } from '../feed/seat-tokens.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'
import { ScrollRegion } from '../kit/scroll-region.tsx'
import { askChanges } from './ask-changes.ts'
import './control.css'

/** What the team changed in the sources, asked for when somebody wants to know. */
export function Changes(props: { readonly team: string; readonly service: string; readonly name: string }) {
  const say = useSay()
  const token = tokenFor(useRoute())
  const [shown, setShown] = useState<{ readonly diff: string } | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [busy, setBusy] = useState(false)
  const load = async () => {
    setBusy(true)
    const reply = await askChanges(token, props.team, props.service)
    setBusy(false)
    setRefusal('refusal' in reply ? reply.refusal : null)
    setShown('diff' in reply ? reply : null)
  }
  return (
    <>
      <button type="button" className="button" disabled={busy} onClick={() => void load()}>
        {say(shown ? 'act.changesAgain' : 'act.changes')}
      </button>
      <p role="status" className="soft">
        {busy ? say('act.loading') : shown?.diff === '' ? say('act.noChanges') : ''}
      </p>
      <RefusalText refusal={refusal} />
      {shown && shown.diff !== '' && (
        <ScrollRegion className="changes" label={say('act.changesOf', { service: props.name })}>
          <pre lang="en">{shown.diff}</pre>
        </ScrollRegion>
      )}
    </>
  )
}
