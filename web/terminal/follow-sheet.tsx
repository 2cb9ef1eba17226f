import { Keyboard, X } from 'lucide-react'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { mayPrepare, standsStill } from '#exercise/decide/typing.ts'
import { useExerciseState } from '../feed/use-view.ts'
import '../kit/confirm.css'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'
import './terminal.css'
import './follow.css'
import { LEAVE_KEY } from './terminal-keys.ts'
import { useFollow } from './use-follow.ts'
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
  const state = useExerciseState()
  const { box, stop, standing, helping, help } = useFollow(team, terminal, title)
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
          <button type="button" className="button" aria-pressed={helping} onClick={() => help(!helping)}>
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
