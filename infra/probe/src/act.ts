import type { Place } from './app.ts'
import { APPS } from './apps.ts'
import { useCard } from './card.ts'
import { flood } from './flood.ts'
import { type Actor, sendHttp } from './http-client.ts'
import { listenFor } from './listener.ts'
import { sendSql } from './sql-client.ts'
import { runSsh } from './ssh-client.ts'
import { type Action, type Reply, type Step, StepFailure } from './steps.ts'
import { sendTcp } from './tcp-client.ts'

export interface ExecResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  readonly error: string | null
}

/** Asks the platform to run the step at `path` of its own copy of the script. */
export type Exec = (path: string, env: Readonly<Record<string, string>>) => Promise<ExecResult>

export type Acting = Exclude<Action, { readonly waitMs: number } | { readonly repeat: unknown }>

export interface Moment {
  readonly path: string
  readonly actor: Actor
  /** performance.now() time. */
  readonly deadline: number
  readonly signal: AbortSignal
  readonly exec: Exec
  /** Code of somebody retired whom no other run plays just now. */
  readonly retired: () => string
}

const RETIRED = 'people/retired'

/** Does what a step says, inside its deadline. @throws StepFailure when nothing came back. */
export async function act(step: Step & Acting, place: Place, moment: Moment): Promise<Reply> {
  const { reach } = place
  const { actor, deadline, signal } = moment
  if ('http' in step) return sendHttp(step.http, Math.min(step.redirects, 10), actor, reach, deadline)
  if ('sql' in step) return sendSql(step.sql, reach, actor.choice, deadline)
  if ('tcp' in step) return sendTcp(step.tcp, reach, actor.choice, deadline)
  if ('ssh' in step) return runSsh(step.ssh, step.expect?.status, reach, actor.choice, deadline)
  if ('listen' in step) return listenFor(step.listen, reach, deadline, signal)
  if ('flood' in step) return flood(step.flood, actor, reach, deadline, signal)
  if ('card' in step) return playCard(step.card, place)
  // Who plays whom is known here alone, not where apps run.
  if ('app' in step && step.app.name === RETIRED)
    return own(0, JSON.stringify({ code: moment.retired() }), RETIRED)
  if ('app' in step) return runApp(step.app, place, deadline)
  return askExec(step, moment)
}

const own = (status: number, body: string, sent: string): Reply => ({
  status,
  headers: {},
  body,
  sent,
  ms: 0,
  note: '',
})

async function playCard(use: Extract<Action, { card: unknown }>['card'], place: Place): Promise<Reply> {
  const holder = place.population.land.byCode.get(use.person)
  if (!holder)
    throw new StepFailure('fault', { expected: 'a person of this nation', received: `no ${use.person}` })
  return own(0, await useCard(place.cardAuthority, holder, use), `card of ${holder.code}`)
}

async function runApp(
  use: Extract<Action, { app: unknown }>['app'],
  { apps }: Place,
  deadline: number,
): Promise<Reply> {
  if (!Object.hasOwn(APPS, use.name))
    throw new StepFailure('fault', { expected: 'an app of the probe', received: `no ${use.name}` })
  const sent = `${use.name} ${JSON.stringify(use.with)}`
  try {
    return own(0, await apps.run(use.name, use.with, deadline), sent)
  } catch (error) {
    // Most of what an app is given comes from services: what it can not work with is theirs.
    const received = error instanceof Error ? error.message : String(error)
    throw new StepFailure('broken', { expected: `${use.name} to work with this`, received, sent })
  }
}

async function askExec(
  step: Step & Extract<Action, { exec: unknown }>,
  { path, exec, deadline, signal }: Moment,
): Promise<Reply> {
  const sent = `in ${step.exec.service}: ${step.exec.command.join(' ')}`
  const result = await new Promise<ExecResult>((resolve, reject) => {
    const unended = (kind: 'down' | 'fault') => () =>
      reject(new StepFailure(kind, { expected: 'the command to end', received: 'it did not', sent }))
    const timer = setTimeout(unended('down'), Math.max(1, deadline - performance.now()))
    const cancelled = unended('fault')
    signal.addEventListener('abort', cancelled, { once: true })
    exec(path, step.exec.env)
      .then(resolve, reject)
      .finally(() => {
        clearTimeout(timer)
        signal.removeEventListener('abort', cancelled)
      })
  })
  if (result.error !== null)
    throw new StepFailure('fault', { expected: 'the command to run', received: result.error, sent })
  if (result.exitCode !== 0 && !step.expect?.status)
    throw new StepFailure('broken', {
      expected: 'exit code 0',
      received: `exit code ${result.exitCode}\n${result.stderr || result.stdout}`,
      sent,
      // What happens inside a container is no answer to anybody.
      cut: true,
    })
  return own(result.exitCode, result.stdout, sent)
}
