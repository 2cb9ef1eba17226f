import { received } from './expectation.ts'
import type { Action, Evidence, Reply, Step, StepFailure } from './steps.ts'

const SENT = 600
const RECEIVED = 1_200

/** Cut, and without what a text of the ledger can not hold: NUL and other control characters, halves of characters. */
export function cut(text: string, length: number): string {
  const short = text.length > length ? `${text.slice(0, length)} … (${text.length} characters)` : text
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return short.toWellFormed().replace(/[\x00-\x08\x0b-\x1f\x7f]/g, (c) => (c === '\r' ? '' : '\u{fffd}'))
}

const rounded = (ms: number) => Math.round(ms * 10) / 10

/** `steps.3: Declare: http POST http://tax/declarations` */
export function stepLabel(path: string, step: Step): string {
  return cut(`${path}: ${step.name ? `${step.name}: ` : ''}${action(step)}`, 300)
}

export function action(step: Action): string {
  if ('http' in step) return `http ${step.http.method} ${step.http.url}`
  if ('sql' in step) return `sql ${step.sql.host}/${step.sql.database}`
  if ('exec' in step) return `exec in ${step.exec.service}`
  if ('tcp' in step) return `tcp ${step.tcp.host}:${step.tcp.port}`
  if ('ssh' in step) return `ssh ${step.ssh.user}@${step.ssh.host}`
  if ('listen' in step) return `listen on ${step.listen.port}`
  if ('flood' in step) return `flood ${step.flood.http.method} ${step.flood.http.url}`
  if ('card' in step) return 'card'
  if ('app' in step) return `app ${step.app.name}`
  if ('waitMs' in step) return `wait ${step.waitMs} ms`
  return `repeat ${step.repeat.times} times`
}

export const evidenceOfFailure = (label: string, failure: StepFailure, ms: number): Evidence => ({
  step: label,
  sent: cut(failure.sent, SENT),
  received: cut(failure.received, RECEIVED),
  expected: cut(failure.expected, SENT),
  ms: rounded(ms),
})

/** What a passing step saw: proof that an exploit landed. `expected` says more than the step's own expectation does. */
export const evidenceOfReply = (path: string, step: Step, reply: Reply, expected?: string): Evidence => ({
  step: stepLabel(path, step),
  sent: cut(reply.sent, SENT),
  received: cut(
    received(
      reply,
      step.expect?.text?.find((text) => reply.body.includes(text)),
    ),
    RECEIVED,
  ),
  expected: cut(expected ?? (step.expect ? JSON.stringify(step.expect) : 'an answer'), SENT),
  ms: rounded(reply.ms),
})

/** Takes out the values of secrets and private keys (variables `secret:NAME`, `private-key:NAME`), wherever they turned up. */
export function masked(evidence: Evidence, vars: Readonly<Record<string, string>>): Evidence {
  const secrets = Object.entries(vars).flatMap(([name, value]) =>
    /^(secret|private-key):/.test(name) && value.length > 3 ? [value] : [],
  )
  const hide = (text: string) => secrets.reduce((shown, secret) => shown.replaceAll(secret, '***'), text)
  return {
    ...evidence,
    step: hide(evidence.step),
    ...(evidence.before && { before: evidence.before.map(hide) }),
    sent: hide(evidence.sent),
    received: hide(evidence.received),
    expected: hide(evidence.expected),
  }
}
