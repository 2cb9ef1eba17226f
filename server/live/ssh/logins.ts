import type { Connection } from 'ssh2'
import type { Exercises } from '../../engine/platform/exercises.ts'
import type { OpenedLogin } from '../../engine/terminals.ts'
import { mayType } from '../../exercise/decide/typing.ts'
import { rateLimitPerAddress } from '../rate.ts'
import type { Caller } from './callers.ts'
import { serveChannels } from './channels.ts'
import type { LetIn } from './let-in.ts'

/** Nothing was sent either way for so long. */
const IDLE_MS = 30 * 60_000
/** At one team's services, those that are refused a login among them. */
const MOST_OF_TEAM = 16
/** Somebody who is refused has heard why. */
const REFUSED_MS = 2_000
/** Programs and connections that one team begins: each is work for the engine. */
const PROGRAMS_PER_SECOND = 10
const PROGRAMS_AT_ONCE = 60

interface Login {
  readonly letIn: LetIn
  /** Once the ledger says so. */
  terminal: string | null
  end(reason: string): Promise<void>
}

/** Those who have logged in: on record from login to logout, and gone with their seat, their key, their service's terminals and the exercise. */
export function openLogins(of: {
  readonly exercises: Exercises
  readonly fault: (what: string, error: unknown) => void
  readonly idleMs?: number
}) {
  const logins = new Set<Login>()
  const watched = new Map<LetIn['served']['exercise'], () => void>()
  const programs = rateLimitPerAddress(PROGRAMS_PER_SECOND, PROGRAMS_AT_ONCE)

  /** Once for each exercise. */
  const watch = ({ served: { exercise } }: LetIn) => {
    if (watched.has(exercise)) return
    const here = () => [...logins].filter(({ letIn }) => letIn.served.exercise === exercise)
    const stop = exercise.engine.onEvents((events) => {
      for (const { type, data } of events)
        for (const login of here()) {
          if (type === 'terminal.closed' && data.terminal === login.terminal) void login.end(data.reason)
          if (type === 'seat.revoked' && data.seatId === login.letIn.seat.seatId) void login.end('revoked')
          if (type === 'key.removed' && isKeyOf(login.letIn, data)) void login.end('key-removed')
          if (type === 'exercise.ended') void login.end('ended')
        }
    })
    watched.set(exercise, stop)
  }
  const stopWatching = of.exercises.onAway((exercise) => {
    watched.get(exercise)?.()
    watched.delete(exercise)
    for (const login of logins) if (login.letIn.served.exercise === exercise) void login.end('ended')
  })

  const begin = (client: Connection, caller: Caller, letIn: LetIn) => {
    const { exercise } = letIn.served
    const { engine, terminals } = exercise
    const ofTeam = [...logins].filter(
      (one) => one.letIn.served.exercise === exercise && one.letIn.team === letIn.team,
    )
    if (ofTeam.length >= MOST_OF_TEAM) return caller.leave()
    watch(letIn)
    let opened: OpenedLogin | null = null
    let over: Promise<void> | null = null
    let failed = false
    // Once is enough: whoever brings it about may do so as often as they like.
    const fault: typeof of.fault = (what, error) => {
      if (!failed) of.fault(what, error)
      failed = true
    }
    const asked = terminals
      .login(letIn.team, letIn.service, letIn.by)
      .then((answer) => {
        opened = answer
        login.terminal = answer.ok ? answer.terminal : null
        if (!answer.ok) refused = setTimeout(() => void login.end('refused'), REFUSED_MS)
        // Gone meanwhile: it must not stay on record as open.
        if (over && answer.ok) return answer.close('left').then(() => answer)
        return answer
      })
      .catch((error): OpenedLogin => {
        fault('a login over SSH', error)
        refused = setTimeout(() => void login.end('refused'), REFUSED_MS)
        return {
          ok: false,
          refusal: { code: 'fault', message: 'The platform failed. Try again.', params: {} },
        }
      })
    const finish = async (reason: string) => {
      logins.delete(login)
      clearTimeout(idle)
      clearTimeout(until)
      clearTimeout(refused)
      channels.close()
      caller.leave()
      if (opened?.ok) await opened.close(reason).catch((error) => fault('the end of a login', error))
    }
    const login: Login = {
      letIn,
      terminal: null,
      end(reason) {
        over ??= finish(reason)
        return over
      },
    }
    logins.add(login)
    let refused: NodeJS.Timeout | undefined
    let idle = setTimeout(() => void login.end('idle'), of.idleMs ?? IDLE_MS)
    const alive = () => {
      clearTimeout(idle)
      if (!over) idle = setTimeout(() => void login.end('idle'), of.idleMs ?? IDLE_MS)
    }
    const until =
      letIn.untilWall === null
        ? undefined
        : setTimeout(() => void login.end('session-over'), Math.max(0, letIn.untilWall - Date.now()))
    const channels = serveChannels(client, {
      login: asked,
      socket: caller.socket,
      soon: () => programs.take(`${engine.exerciseId}/${letIn.team}/${letIn.seat.seat}`),
      flooded: () => void login.end('flooded'),
      may: () => mayType(engine.state(), letIn.seat.seat),
      alive,
      fault,
    })
    const left = () => void login.end('left')
    client.on('error', left).on('end', left).on('close', left)
  }

  return {
    begin,
    async close() {
      stopWatching()
      for (const stop of watched.values()) stop()
      watched.clear()
      await Promise.all([...logins].map((login) => login.end('left')))
    },
  }
}

const isKeyOf = (letIn: LetIn, key: { readonly team: string; readonly fingerprint: string }): boolean =>
  letIn.team === key.team && letIn.fingerprint === key.fingerprint
