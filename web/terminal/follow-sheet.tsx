import { Keyboard, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { mayPrepare, standsStill } from '#exercise/decide/typing.ts'
import { useTheme } from '../app/settings.ts'
import { useFeed } from '../feed/use-feed.tsx'
import { useExerciseState } from '../feed/use-view.ts'
import '../kit/confirm.css'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'
import { type FollowLink, type FollowStanding, openFollowLink } from './follow-link.ts'
import { openMirror } from './mirror-screen.ts'
import './terminal.css'
import './follow.css'
import { LEAVE_KEY, ownKeys } from './terminal-keys.ts'
import { whyClosed } from './why-closed.ts'

interface Props {
  readonly team: string
  readonly terminal: string
  readonly title: string
  /** Who opened it, and when. */
  readonly who: string
  readonly onClose: () => void
}

/** A team's terminal as it stands there, to be followed until this is closed, and to help in. */
export function FollowSheet(props: Props) {
  return (
    <ModalOverlay className="veil" isOpen onOpenChange={(open) => open || props.onClose()}>
      <Modal className="modal card follow-sheet">
        <Dialog>
          <Heading slot="title">{props.title}</Heading>
          <Follow {...props} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

function Follow({ team, terminal, title, who, onClose }: Props) {
  const say = useSay()
  const { socket } = useFeed()
  const theme = useTheme()
  const state = useExerciseState()
  const box = useRef<HTMLDivElement>(null)
  const stop = useRef<HTMLButtonElement>(null)
  const link = useRef<FollowLink | null>(null)
  const recolour = useRef<(() => void) | null>(null)
  const [standing, setStanding] = useState<FollowStanding>({ at: 'opening' })
  const helping = standing.at === 'helping'
  const helps = useRef(false)

  useEffect(() => {
    const element = box.current
    if (!element || !socket) return
    const mirror = openMirror(element)
    recolour.current = mirror.recolour
    const { terminal: screen } = mirror
    screen.options.disableStdin = true
    // Who only looks walks through the page by keyboard as ever.
    ownKeys(
      screen,
      () => stop.current?.focus(),
      () => helps.current,
    )
    const opened = openFollowLink(socket, { team, terminal }, mirror, (next) => {
      helps.current = next.at === 'helping'
      screen.options.disableStdin = !helps.current
      setStanding(next)
      if (helps.current) screen.focus()
    })
    link.current = opened
    mirror.onTyped(opened.type)
    return () => {
      opened.close()
      mirror.close()
      link.current = null
      recolour.current = null
    }
  }, [socket, team, terminal])

  useEffect(() => {
    recolour.current?.()
  }, [theme])

  useEffect(() => {
    box.current?.querySelector('textarea')?.setAttribute('aria-label', title)
  }, [title])

  const still = standsStill(state) && !mayPrepare(state)
  return (
    <>
      <p className="soft small">{who}</p>
      <p role="status" className={helping ? 'follow-standing follow-helping' : 'follow-standing'}>
        {standing.at === 'opening' && say('terminal.opening')}
        {standing.at === 'following' && say('follow.readOnly')}
        {helping && say(still ? 'follow.helpingStill' : 'follow.helping', { key: LEAVE_KEY })}
        {standing.at === 'away' && say('follow.away')}
        {standing.at === 'closed' && say('terminal.closed', { why: whyClosed(say, standing.why) })}
      </p>
      {standing.at === 'refused' && <RefusalText refusal={standing.refusal} />}
      <section className="terminal-box follow-box" ref={box} aria-label={title} />
      <div className="modal-buttons">
        {(standing.at === 'following' || helping) && (
          <button
            type="button"
            className="button"
            aria-pressed={helping}
            onClick={() => link.current?.help(!helping)}
          >
            <Keyboard aria-hidden="true" size="1.1em" />
            {say(helping ? 'follow.stopHelp' : 'follow.help')}
          </button>
        )}
        <button ref={stop} type="button" className="button primary" onClick={onClose}>
          <X aria-hidden="true" size="1.1em" />
          {say('follow.stop')}
        </button>
      </div>
    </>
  )
}
