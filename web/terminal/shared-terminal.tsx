import { Eye, Keyboard, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { mayType } from '#exercise/decide/typing.ts'
import type { TerminalState } from '#exercise/fold/team-acts.ts'
import { useExerciseState } from '../feed/use-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'
import { FollowedBy } from './followed-by.tsx'
import { LEAVE_KEY } from './terminal-keys.ts'
import { useFollow } from './use-follow.ts'
import { whyClosed } from './why-closed.ts'
import './terminal.css'
import './follow.css'

/** A colleague's terminal as it stands there, beside one's own. */
export function SharedTerminal(props: {
  readonly team: string
  readonly terminal: string
  /** As the ledger has it now; null when it is over. */
  readonly open: TerminalState | null
  readonly who: string
  readonly service: string
  /** Somebody at this page has just chosen it. */
  readonly asked: boolean
  readonly onClose: () => void
}) {
  const { team, terminal, open, who, service, asked, onClose } = props
  const say = useSay()
  const state = useExerciseState()
  const [round, setRound] = useState(0)
  const title = say('shared.terminal', { who, service, key: LEAVE_KEY })
  const { box, stop, standing, helping, help } = useFollow(team, terminal, title, round)
  const shared = open?.shared ?? 'nobody'
  const there = standing.at === 'following' || helping
  const mayTypeToo = there && shared === 'write'
  const ended = standing.at === 'closed' || standing.at === 'refused'
  // The button by which somebody came here is gone.
  useEffect(() => {
    if (asked) stop.current?.focus({ preventScroll: true })
  }, [asked, stop])
  return (
    <div className="terminal">
      <div className="terminal-head">
        <span className="terminals-name-of">{say('shared.of', { who, service })}</span>
        {mayTypeToo && (
          <button type="button" className="button" aria-pressed={helping} onClick={() => help(!helping)}>
            <Keyboard aria-hidden="true" size="1.1em" />
            {say(helping ? 'shared.stopType' : 'shared.type')}
          </button>
        )}
        {ended && shared !== 'nobody' && (
          <button type="button" className="button" onClick={() => setRound(round + 1)}>
            <Eye aria-hidden="true" size="1.1em" />
            {say('shared.again')}
          </button>
        )}
        <button ref={stop} type="button" className="button" onClick={onClose}>
          <X aria-hidden="true" size="1.1em" />
          {say('shared.stop')}
        </button>
        <span role="status" className={helping ? 'small follow-helping' : 'small soft'}>
          {standing.at === 'opening' && say('terminal.opening')}
          {standing.at === 'following' &&
            say(shared === 'write' ? 'shared.mayType' : 'shared.readOnly', { who })}
          {helping && say('shared.typing', { who, key: LEAVE_KEY })}
          {standing.at === 'away' && say('shared.away')}
          {standing.at === 'closed' &&
            (standing.why === 'taken-back'
              ? say('shared.takenBack', { who })
              : say('terminal.closed', { why: whyClosed(say, standing.why) }))}
        </span>
        {helping && !mayType(state, 'blue') && (
          <span role="status" className="terminal-still">
            {say(state.phase === 'paused' ? 'terminal.readOnly' : 'terminal.notBegun')}
          </span>
        )}
        {standing.at === 'refused' && <RefusalText refusal={standing.refusal} />}
        {open && open.followers.length > 0 && <FollowedBy followers={open.followers} />}
      </div>
      <section className="terminal-box follow-box" ref={box} aria-label={title} />
    </div>
  )
}
