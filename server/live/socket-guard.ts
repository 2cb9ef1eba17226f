import type { ClientToServer } from '../exercise/wire/protocol.ts'
import { sayGoodbye } from './farewell.ts'
import { TOO_FAST } from './give-command.ts'
import { rateLimit } from './rate.ts'
import type { LiveSocket } from './socket-types.ts'
import { malformed, refusal, socketMessages } from './wire.ts'

/** Typing, pasting and acknowledging a fast terminal stay far below. */
const MESSAGES_PER_SECOND = 200
const MESSAGES_AT_ONCE = 400
/** Each of these is work for the store or a container; catching up has a measure of its own. */
const HEAVY: ReadonlySet<keyof ClientToServer> = new Set([
  ...(['command', 'terminal-open', 'terminal-share', 'follow-begin', 'follow-help'] as const),
])
const HEAVY_PER_SECOND = 10
const HEAVY_AT_ONCE = 50
/** Malformed messages until the socket is sent away. */
const MISTAKES = 10

const REPLIES: { readonly [M in keyof ClientToServer]: boolean } = {
  'catch-up': true,
  command: true,
  here: false,
  'terminal-open': true,
  'terminal-input': true,
  'terminal-resize': false,
  'terminal-close': false,
  'terminal-share': true,
  'terminal-ack': false,
  'follow-begin': true,
  'follow-help': true,
  'follow-input': true,
  'follow-ack': false,
  'follow-end': false,
}

/**
 * Lets through only messages of the protocol, in its form and at a bearable rate. What is no good is answered with a refusal
 * where the sender waits for an answer; a socket that goes on, or floods, is sent away. Other sockets do not notice.
 */
export function guardMessages(socket: LiveSocket): void {
  const all = rateLimit(MESSAGES_PER_SECOND, MESSAGES_AT_ONCE)
  const heavy = rateLimit(HEAVY_PER_SECOND, HEAVY_AT_ONCE)
  let mistakes = 0
  socket.use((packet, next) => {
    const [name, ...rest] = packet as [string, ...unknown[]]
    const reply = typeof rest.at(-1) === 'function' ? (rest.pop() as (answer: unknown) => void) : null
    const refuse = (why: ReturnType<typeof refusal>) => reply?.({ ok: false, refusal: why })
    if (!all.take()) {
      sayGoodbye(socket, 'too-many-messages')
      return
    }
    if (!isMessage(name) || REPLIES[name] !== (reply !== null)) {
      refuse(refusal('malformed', `There is no message ${String(name).slice(0, 40)} of this form.`))
      return mistake()
    }
    if (HEAVY.has(name) && !heavy.take()) return refuse(TOO_FAST)
    const checked = socketMessages[name].safeParse(rest)
    if (!checked.success) {
      refuse(malformed(checked.error))
      return mistake()
    }
    next()
  })
  const mistake = () => {
    mistakes += 1
    if (mistakes < MISTAKES) return
    sayGoodbye(socket, 'malformed')
  }
}

const isMessage = (name: unknown): name is keyof ClientToServer =>
  typeof name === 'string' && Object.hasOwn(REPLIES, name)
