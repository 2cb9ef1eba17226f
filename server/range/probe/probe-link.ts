import { randomBytes } from 'node:crypto'
import type { Duplex } from 'node:stream'
import { runDeadlineMs } from '../../engine/ports/script.ts'
import type { ContainerEngine } from '../engine-api/docker.ts'
import { type RangeLog, reason } from '../log.ts'
import { attachTo } from './attach.ts'
import { fault } from './probe-fault.ts'
import {
  type EngineDisk,
  type ExecAnswer,
  type FromProbe,
  type ProbeAnswer,
  type ProbeRequest,
  type Question,
  readProbeLine,
  type Told,
  type ToProbe,
  type Watch,
} from './probe-wire.ts'
import { openQuestions } from './questions.ts'

export type OnExec = (path: string, env: Readonly<Record<string, string>>) => Promise<ExecAnswer>

interface Pending {
  readonly onExec: OnExec
  readonly finish: (answer: ProbeAnswer) => void
}

/** Of all runs of a probe, also those of a platform that is gone. */
const ALL = '*'
const PING_EVERY_MS = 2_000
const PONG_WITHIN_MS = 10_000
/** After the script's own deadline, before we stop believing in the probe. */
const SLACK_MS = 5_000
const BACKOFF_MS = [100, 200, 500, 1_000, 2_000] as const
/** Attempts that got no answer before the container itself is restarted. */
const RESTART_AFTER = 2

/**
 * The line to one probe over the attached stdin and stdout of its container. It is opened once and mends itself: a broken stream is attached again,
 * a dead container started again. What was in flight then ends as `fault`.
 */
export class ProbeLink {
  readonly #docker: ContainerEngine
  readonly #container: string
  readonly #log: RangeLog
  readonly #watch: Watch | null
  readonly #pending = new Map<string, Pending>()
  readonly #questions = openQuestions((message) => this.#write(message))
  readonly #waiting = new Set<() => void>()
  #stream: Duplex | null = null
  #alive = false
  #closed = false
  /** Runs of a platform before this one may still answer: they have other names. */
  readonly #name = randomBytes(4).toString('hex')
  #next = 0
  #lastHeard = 0
  #askedAt: number | null = null
  #delayMs = 0
  #disk: EngineDisk | null = null
  #messages = 0
  #errors = ''
  #pinger: NodeJS.Timeout | null = null

  constructor(docker: ContainerEngine, container: string, log: RangeLog, watch: Watch | null = null) {
    this.#watch = watch
    this.#docker = docker
    this.#container = container
    this.#log = log
  }

  /** Attaches, starts the container when it does not run, and keeps both so until `close`. Resolves at once; `run` waits for the line. */
  open(): void {
    this.#keep().catch((error: unknown) => this.#log.warn({ container: this.#container }, reason(error)))
    this.#pinger = setInterval(() => this.#ping(), PING_EVERY_MS)
  }

  /** The last thing that the probe wrote on stderr. */
  get errors(): string {
    return this.#errors
  }

  /** What was last heard of the engine's disk; asks for the next word. */
  disk(): EngineDisk | null {
    this.#askAlive()
    return this.#disk
  }

  /** How long the probe took for the latest word of life that it was asked for, or has been taking. Wall time, ms; null while it is not there. */
  get delayMs(): number | null {
    if (!this.#alive) return null
    return Math.max(this.#delayMs, this.#askedAt === null ? 0 : performance.now() - this.#askedAt)
  }

  /** Resolves with true when the probe answers, false when it does not within `ms`. */
  async ready(ms: number): Promise<boolean> {
    if (this.#alive || this.#closed) return this.#alive
    await new Promise<void>((resolve) => {
      const timer = setTimeout(done, ms)
      const waiting = this.#waiting
      function done() {
        clearTimeout(timer)
        waiting.delete(done)
        resolve()
      }
      waiting.add(done)
    })
    return this.#alive
  }

  /** Runs a script in the probe. Never rejects: a broken line, a late answer or a closed link is a `fault`. */
  async run(request: ProbeRequest, onExec: OnExec): Promise<ProbeAnswer> {
    const started = performance.now()
    const patience = runDeadlineMs(request.script) + (request.pauseMs ?? 0) + SLACK_MS
    if (this.#closed) return fault('the range is closed')
    if (!(await this.ready(patience))) return fault('the probe does not answer', performance.now() - started)
    const id = `${this.#name}-${++this.#next}`
    return new Promise((resolve) => {
      const finish = (answer: ProbeAnswer) => {
        clearTimeout(timer)
        if (this.#pending.delete(id)) resolve(answer)
      }
      const timer = setTimeout(() => {
        this.#write({ cancel: id })
        finish(fault(`no answer within ${patience} ms`, patience))
      }, patience)
      this.#pending.set(id, { onExec, finish })
      this.#write({ id, ...request })
    })
  }

  /** Asks what is no run, and decides nothing. Null when no answer comes within `ms`, or the line is not there. Never rejects. */
  ask = (question: Question, ms: number): Promise<Told | null> =>
    this.#alive ? this.#questions.ask(question, ms) : Promise.resolve(null)

  close(): void {
    this.#closed = true
    if (this.#pinger) clearInterval(this.#pinger)
    this.#stream?.destroy()
    this.#lost('the range is closed')
    for (const wake of [...this.#waiting]) wake()
  }

  async #keep(): Promise<void> {
    for (let failures = 0; !this.#closed; ) {
      const heard = this.#messages
      try {
        await this.#session(failures >= RESTART_AFTER)
      } catch (error) {
        this.#log.warn({ container: this.#container }, `probe: ${reason(error)}`)
      }
      this.#lost('the line to the probe broke')
      failures = this.#messages > heard ? 0 : failures + 1
      if (!this.#closed) await new Promise((wake) => setTimeout(wake, BACKOFF_MS[Math.min(failures, 4)]))
    }
  }

  /** One attachment from beginning to end. */
  async #session(restart: boolean): Promise<void> {
    const container = this.#docker.getContainer(this.#container)
    const running = (await container.inspect()).State.Running
    if (running && restart) await container.stop({ t: 0 })
    const { stream, ended } = await attachTo(
      container,
      (line) => this.#hear(readProbeLine(line)),
      (text) => {
        this.#errors = (this.#errors + text).slice(-4_000)
      },
    )
    this.#stream = stream
    try {
      if (this.#closed) return
      if (!running || restart) await container.start()
      this.#lastHeard = performance.now()
      // The line feed ends whatever half a line an earlier attachment left in the probe's stdin.
      stream.write('\n')
      // What an earlier attachment began is waited for by nobody, and what follows it must not run beside it.
      this.#write({ cancel: ALL })
      if (this.#watch) this.#write({ watch: this.#watch.ports })
      this.#write({ ping: 0 })
      await ended
    } finally {
      stream.destroy()
      this.#stream = null
    }
  }

  #hear(message: FromProbe | null): void {
    if (!message) return
    this.#lastHeard = performance.now()
    this.#messages += 1
    if (!this.#alive) {
      this.#alive = true
      for (const wake of [...this.#waiting]) wake()
    }
    if (message.kind === 'pong') {
      this.#disk = message.disk ?? this.#disk
      if (this.#askedAt !== null) this.#delayMs = performance.now() - this.#askedAt
      this.#askedAt = null
    }
    if (message.kind === 'answer') this.#pending.get(message.id)?.finish(message.answer)
    if (message.kind === 'turned') this.#watch?.turned(message.service)
    if (message.kind === 'told') this.#questions.answer(message.id, message.told)
    if (message.kind === 'exec') this.#exec(message.id, message.path, message.env)
  }

  #exec(id: string, path: string, env: Readonly<Record<string, string>>): void {
    const pending = this.#pending.get(id)
    if (!pending) return
    pending.onExec(path, env).then(
      (execResult) => this.#write({ id, execResult }),
      (error: unknown) => pending.finish(fault(reason(error))),
    )
  }

  #ping(): void {
    if (!this.#stream) return
    if (performance.now() - this.#lastHeard > PONG_WITHIN_MS) this.#stream.destroy()
    else this.#askAlive()
  }

  #askAlive(): void {
    if (!this.#stream) return
    this.#askedAt ??= performance.now()
    this.#write({ ping: this.#next })
  }

  #write(message: ToProbe): void {
    if (this.#stream?.writable) this.#stream.write(`${JSON.stringify(message)}\n`)
  }

  #lost(why: string): void {
    this.#alive = false
    this.#askedAt = null
    for (const pending of [...this.#pending.values()]) pending.finish(fault(why))
    this.#questions.lost()
  }
}
