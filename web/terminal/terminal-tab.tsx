import { RotateCcw } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { mayType } from '#exercise/decide/typing.ts'
import type { ServiceView } from '#exercise/views/views.ts'
import { useTheme } from '../app/settings.ts'
import { useAudience, useFeed } from '../feed/use-feed.tsx'
import { useExerciseState } from '../feed/use-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { drawByGpu } from './draw-by-gpu.ts'
import { FollowedBy } from './followed-by.tsx'
import { ShareChoice } from './share-choice.tsx'
import { openTerminalLink } from './terminal-link.ts'
import { openScreen } from './terminal-screen.ts'
import { whyClosed } from './why-closed.ts'
import './terminal.css'
import { LEAVE_KEY, ownKeys } from './terminal-keys.ts'

type Standing =
  | { readonly at: 'opening' | 'away' }
  | { readonly at: 'open'; readonly terminal: string }
  | { readonly at: 'closed'; readonly why: string }

/** With less than this still to be sent nobody waits for it. */
const NOTICED = 16_384

const ESCAPE = 27
/** The line that says why nothing is typed stands out for so long. ms */
const STANDS_OUT_MS = 1_500

/** What was typed while nothing is taken: that it just was, and that it was at all in this standstill, which is said once. */
function useSwallowed(readOnly: boolean) {
  const [count, setCount] = useState(0)
  const [now, setNow] = useState(false)
  const swallow = useCallback(() => setCount((before) => before + 1), [])
  useEffect(() => {
    if (!readOnly) setCount(0)
  }, [readOnly])
  useEffect(() => {
    setNow(count > 0)
    const timer = setTimeout(() => setNow(false), STANDS_OUT_MS)
    return () => clearTimeout(timer)
  }, [count])
  return [{ now, ever: readOnly && count > 0 }, swallow] as const
}

/** A root shell in the service's container. The session lives on the server: a reload, or a look elsewhere, joins it again. */
export function TerminalTab(props: {
  readonly team: string
  readonly service: ServiceView
  /** Which of the page's terminals in this service. */
  readonly slot: number
  /** Where there are several. */
  readonly name?: string
  readonly shown: boolean
  /** Whenever it is another, and not 0, somebody wants to type here. */
  readonly asked: number
  /** Hears when this page has it. */
  readonly onOpened: () => void
}) {
  const { team, service, slot, name, shown, asked, onOpened } = props
  const say = useSay()
  const { socket } = useFeed()
  const theme = useTheme()
  const { seat } = useAudience()
  const state = useExerciseState()
  const readOnly = !mayType(state, seat)
  const still = useRef(readOnly)
  still.current = readOnly
  const [swallowed, swallow] = useSwallowed(readOnly)
  const box = useRef<HTMLDivElement>(null)
  const leave = useRef<HTMLButtonElement>(null)
  const recolour = useRef<(() => void) | null>(null)
  const [standing, setStanding] = useState<Standing>({ at: 'opening' })
  const [waiting, setWaiting] = useState(0)
  const [lost, setLost] = useState(0)
  const [round, setRound] = useState(0)
  const open =
    standing.at === 'open'
      ? state.teams
          .find(({ id }) => id === team)
          ?.terminals.find(({ terminal }) => terminal === standing.terminal)
      : undefined
  const followers = open?.followers ?? []
  const heard = useRef(onOpened)
  heard.current = onOpened
  const title = say.text(service.title)
  const label =
    name === undefined
      ? say('terminal.label', { service: title, key: LEAVE_KEY })
      : say('terminal.labelOf', { name, service: title, key: LEAVE_KEY })

  useEffect(() => {
    const element = box.current
    if (!element || !socket) return
    const screen = openScreen(element)
    recolour.current = screen.recolour
    ownKeys(screen.terminal, () => leave.current?.focus())
    setStanding({ at: 'opening' })
    setLost(0)
    const link = openTerminalLink(socket, { team, service: service.id, slot }, screen.terminal, {
      opened: (terminal) => {
        setStanding({ at: 'open', terminal })
        heard.current()
      },
      away: () => setStanding({ at: 'away' }),
      closed: (why) => setStanding({ at: 'closed', why }),
      waiting: (length) => setWaiting(length > NOTICED ? length : 0),
      lost: (length) => setLost((before) => before + length),
    })
    const join = () => {
      const { cols, rows } = screen.terminal
      void link.join({ cols, rows })
    }
    join()
    const rejoin = () => {
      screen.terminal.reset()
      join()
    }
    socket.io.on('reconnect', rejoin)
    screen.onTyped((text) => {
      // What begins with an escape is the terminal's own answer, or moves a cursor.
      if (still.current && text.charCodeAt(0) !== ESCAPE) swallow()
      link.type(text)
    })
    screen.terminal.onResize(({ cols, rows }) => link.resize(cols, rows))
    let over = false
    void drawByGpu(screen.terminal, () => !over)
    return () => {
      over = true
      socket.io.off('reconnect', rejoin)
      link.leave()
      screen.close()
      recolour.current = null
    }
  }, [socket, team, service.id, slot, round, swallow])

  // After it is there, and whenever somebody comes to it.
  useEffect(() => {
    if (asked > 0 && shown) box.current?.querySelector('textarea')?.focus()
  }, [asked, shown, round])

  useEffect(() => {
    recolour.current?.()
  }, [theme])

  useEffect(() => {
    box.current?.querySelector('textarea')?.setAttribute('aria-label', label)
  }, [label])

  return (
    <div className="terminal" hidden={!shown}>
      <div className="terminal-head">
        {name !== undefined && <span className="terminals-name-of">{name}</span>}
        <button
          ref={leave}
          type="button"
          className="button"
          onClick={() => box.current?.querySelector('textarea')?.focus()}
        >
          {say('terminal.enter')}
        </button>
        <span className="soft small">{say('terminal.leave', { key: LEAVE_KEY })}</span>
        {open && seat === 'blue' && <ShareChoice terminal={open.terminal} shared={open.shared} />}
        {state.scenario.terminals?.record !== false && (
          <span className="soft small">{say('terminal.recorded')}</span>
        )}
        {/* In place of the line of help: nothing below moves when somebody comes. */}
        {followers.length > 0 ? (
          <FollowedBy followers={followers} />
        ) : (
          <span className="soft small terminal-help">
            {say(state.phase === 'ended' ? 'terminal.over' : 'terminal.help')}
          </span>
        )}
        {standing.at === 'closed' && (
          <>
            <span role="alert">{say('terminal.closed', { why: whyClosed(say, standing.why) })}</span>
            <button type="button" className="button primary" onClick={() => setRound(round + 1)}>
              <RotateCcw aria-hidden="true" size="1.1em" />
              {say('terminal.again')}
            </button>
          </>
        )}
        {standing.at === 'opening' && <span className="soft">{say('terminal.opening')}</span>}
        {standing.at === 'open' && readOnly && (
          <span role="status" className={`terminal-still ${swallowed.now ? 'terminal-swallowed' : ''}`}>
            {say(state.phase === 'paused' ? 'terminal.readOnly' : 'terminal.notBegun')}
          </span>
        )}
        <span role="status" className="hidden">
          {swallowed.ever && say('terminal.swallowed')}
        </span>
        {standing.at === 'away' && <span role="alert">{say('terminal.away')}</span>}
        {waiting > 0 && <span role="status">{say('terminal.waiting', { count: waiting })}</span>}
        {lost > 0 && <span role="alert">{say('terminal.lost', { count: lost })}</span>}
      </div>
      <section className="terminal-box" ref={box} aria-label={label} />
    </div>
  )
}
