import { Download } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { TerminalState } from '#exercise/fold/team-acts.ts'
import { useRoute } from '../app/route.ts'
import { useTheme } from '../app/settings.ts'
import { tokenFor } from '../feed/seat-tokens.ts'
import { useFeed } from '../feed/use-feed.tsx'
import { actorName } from '../kit/actor-name.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'
import { saveBlob } from '../kit/save-blob.ts'
import { openCastPlayer } from './cast-player.ts'
import { type CastsFound, castsOf, type LoadedCast } from './cast-store.ts'
import { openMirror } from './mirror-screen.ts'
import { ownKeys } from './terminal-keys.ts'
import './terminal.css'
import './follow.css'

/** In a replay: what a terminal showed at the moment that the replay is at. */
export function RecordedTerminal({
  open,
  service,
}: {
  readonly open: TerminalState
  /** Its title. */
  readonly service: string
}) {
  const say = useSay()
  const token = tokenFor(useRoute())
  const [found, setFound] = useState<CastsFound | null>(null)
  useEffect(() => {
    let gone = false
    setFound(null)
    void castsOf(open.terminal, token).then((casts) => !gone && setFound(casts))
    return () => {
      gone = true
    }
  }, [open.terminal, token])
  if (found === null)
    return (
      <p role="status" className="soft">
        {say('wait')}
      </p>
    )
  if (!found.ok) return <RefusalText refusal={found.refusal} />
  if (found.casts.length === 0)
    return (
      <p role="status" className="soft">
        {say('cast.missing')}
      </p>
    )
  const label = say('cast.label', { who: actorName(say, open.by), service })
  return found.casts.map((loaded) => (
    <PlayedCast key={loaded.name} loaded={loaded} sinceMs={open.sinceMs} label={label} />
  ))
}

function PlayedCast({
  loaded,
  sinceMs,
  label,
}: {
  readonly loaded: LoadedCast
  readonly sinceMs: number
  readonly label: string
}) {
  const say = useSay()
  const { store } = useFeed()
  const theme = useTheme()
  const box = useRef<HTMLDivElement>(null)
  const save = useRef<HTMLButtonElement>(null)
  const recolour = useRef<(() => void) | null>(null)
  useEffect(() => {
    const element = box.current
    if (!element) return
    const mirror = openMirror(element)
    recolour.current = mirror.recolour
    mirror.terminal.options.disableStdin = true
    ownKeys(
      mirror.terminal,
      () => save.current?.focus(),
      () => false,
    )
    const player = openCastPlayer(loaded.cast, mirror)
    const show = () => player.show((store.getState().atMs - sinceMs) / 1000)
    show()
    const stop = store.subscribe(show)
    return () => {
      stop()
      player.close()
      mirror.close()
      recolour.current = null
    }
  }, [loaded, sinceMs, store])
  useEffect(() => {
    recolour.current?.()
  }, [theme])
  useEffect(() => {
    box.current?.querySelector('textarea')?.setAttribute('aria-label', label)
  }, [label])
  return (
    <div className="terminal">
      <div className="terminal-head">
        <span className="soft small">{say('cast.readOnly')}</span>
        <button
          ref={save}
          type="button"
          className="button"
          onClick={() =>
            saveBlob(new Blob([loaded.text], { type: 'application/x-asciicast' }), `${loaded.name}.cast`)
          }
        >
          <Download aria-hidden="true" size="1.1em" />
          {say('cast.save')}
        </button>
      </div>
      <section className="terminal-box follow-box" ref={box} aria-label={label} />
    </div>
  )
}
