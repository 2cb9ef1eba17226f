import { randomUUID } from 'node:crypto'
import { Transform } from 'node:stream'
import type { Refusal } from '../exercise/decide/commands.ts'
import type { Actor } from '../exercise/ledger/actor.ts'
import { type Casts, type CastWriter, NO_CASTS } from './casts.ts'
import type { AskedCommand, Engine, Submitted } from './engine.ts'
import type { Range, TerminalStream } from './ports/ports.ts'
import type { Program, ProgramUse, Screen } from './ports/program.ts'

export type OpenedTerminal =
  | { readonly ok: true; readonly terminal: string; readonly stream: TerminalStream }
  | { readonly ok: false; readonly refusal: Refusal }

export type OpenedLogin =
  | {
      readonly ok: true
      readonly terminal: string
      run(use: ProgramUse, screen: Screen | null): Promise<Program>
      /** Puts on record that it is over; nothing when it is. */
      close(reason: string): Promise<void>
    }
  | { readonly ok: false; readonly refusal: Refusal }

/**
 * The one way into a container, for people and sparring pilots alike: the ledger records opened and closed, the range gives
 * the stream.
 */
export interface Terminals {
  open(
    team: string,
    service: string,
    size: { cols: number; rows: number },
    by: Actor,
  ): Promise<OpenedTerminal>
  close(terminal: string, reason: string): Promise<void>
  /** One login over SSH to a service, under which many programs may run: on record from here until it is closed, as a terminal is. */
  login(team: string, service: string, by: Actor): Promise<OpenedLogin>
  /** Puts on record with whom a terminal is shared, and that somebody begins or ends to follow it, or to help in it. */
  followed(command: FollowCommand, by: Actor): Promise<Submitted>
}

type FollowCommand = Extract<
  AskedCommand,
  { readonly type: 'share-terminal' | 'follow-terminal' | 'help-terminal' | 'unfollow-terminal' }
>

/** `fault` hears when a terminal that ended could not be recorded. `casts` records what terminals print. */
export function openTerminals(
  engine: Engine,
  range: Range,
  fault: (what: string, error: unknown) => void,
  casts: Casts = NO_CASTS,
): Terminals {
  /** Of a terminal that the ledger has just opened. */
  const openedMs = (team: string, terminal: string) =>
    engine
      .state()
      .teams.find(({ id }) => id === team)
      ?.terminals.find((one) => one.terminal === terminal)?.sinceMs ?? engine.atMs()
  const open = new Map<string, { team: string; by: Actor; stream: TerminalStream }>()

  const closed = async (terminal: string, reason: string) => {
    const session = open.get(terminal)
    if (!open.delete(terminal) || !session) return
    await engine.submit(
      { type: 'close-terminal', data: { team: session.team, terminal, reason } },
      session.by,
    )
  }

  return {
    async open(team, service, size, by) {
      const terminal = randomUUID()
      const asked = await engine.submit({ type: 'open-terminal', data: { team, service, terminal } }, by)
      if (!asked.ok) return asked
      try {
        const at = { terminal, team, service, openedMs: openedMs(team, terminal) }
        const opened = await range.openTerminal(team, service, size)
        const stream = recorded(opened, casts.begin({ ...at, cast: terminal, term: 'xterm-256color', size }))
        open.set(terminal, { team, by, stream })
        stream.onClose((reason) => {
          closed(terminal, reason).catch((error) => fault('close-terminal', error))
        })
        return { ok: true, terminal, stream }
      } catch (fault) {
        // The container may be down: the ledger must not keep a terminal open that never was.
        await engine.submit(
          { type: 'close-terminal', data: { team, terminal, reason: 'could-not-open' } },
          by,
        )
        const message = fault instanceof Error ? fault.message : String(fault)
        return {
          ok: false,
          refusal: {
            code: 'terminal-unavailable',
            message: `No terminal in ${service}: ${message}. If its container is down, wait until it has started again.`,
            params: { service },
          },
        }
      }
    },
    async close(terminal, reason) {
      open.get(terminal)?.stream.close()
      await closed(terminal, reason)
    },
    async login(team, service, by) {
      const terminal = randomUUID()
      const data = { team, service, terminal, via: 'ssh' } as const
      const asked = await engine.submit({ type: 'open-terminal', data }, by)
      if (!asked.ok) return asked
      const at = { terminal, team, service, openedMs: openedMs(team, terminal) }
      let shells = 0
      return {
        ok: true,
        terminal,
        async run(use, screen) {
          const program = await range.runProgram(team, service, use, screen)
          if (!screen) return program
          shells += 1
          const cast = shells === 1 ? terminal : `${terminal}-${shells}`
          const { term, ...size } = screen
          return recordedProgram(program, casts.begin({ ...at, cast, term, size }))
        },
        async close(reason) {
          await engine.submit({ type: 'close-terminal', data: { team, terminal, reason } }, by)
        },
      }
    },
    followed: (command, by) => engine.submit(command, by),
  }
}

/** The same stream, of which is recorded what its first listener hears: one more would take what comes before that one listens. */
function recorded(stream: TerminalStream, writer: CastWriter): TerminalStream {
  let heard = false
  stream.onClose(writer.end)
  return {
    ...stream,
    onData(call) {
      if (heard) return stream.onData(call)
      heard = true
      stream.onData((chunk) => {
        writer.output(chunk)
        call(chunk)
      })
    },
    resize(cols, rows) {
      writer.resized(cols, rows)
      stream.resize(cols, rows)
    },
  }
}

/** The same of a program on a screen, whose output is taken as fast as before. */
function recordedProgram(program: Program, writer: CastWriter): Program {
  const stdout = new Transform({
    transform(chunk: Buffer, _, done) {
      writer.output(chunk)
      done(null, chunk)
    },
  })
  // Not when the program ends: what it wrote last may still be on its way here.
  program.stdout.once('close', writer.end)
  program.stdout.pipe(stdout)
  return {
    ...program,
    stdout,
    resize(cols, rows) {
      writer.resized(cols, rows)
      return program.resize(cols, rows)
    },
  }
}
