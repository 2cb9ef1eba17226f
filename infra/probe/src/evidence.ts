import type { Action, Evidence, Reply, Step, StepFailure } from './steps.ts'

const SENT = 600
const RECEIVED = 1_200

const cut = (text: string, length: number) =>
  text.length > length ? `${text.slice(0, length)} … (${text.length} characters)` : text

/** `3: http POST http://tax/declarations`, with the author's name for it where there is one. */
export function stepLabel(path: string, step: Step): string {
  return `${path}: ${step.name ? `${step.name}: ` : ''}${action(step)}`
}

function action(step: Action): string {
  if ('http' in step) return `http ${step.http.method} ${step.http.url}`
  if ('sql' in step) return `sql ${step.sql.host}/${step.sql.database}`
  if ('exec' in step) return `exec in ${step.exec.service}`
  if ('tcp' in step) return `tcp ${step.tcp.host}:${step.tcp.port}`
  if ('card' in step) return 'card'
  if ('waitMs' in step) return `wait ${step.waitMs} ms`
  return `repeat ${step.repeat.times} times`
}

export const evidenceOfFailure = (
  label: string,
  failure: StepFailure,
  sent: string,
  ms: number,
): Evidence => ({
  step: label,
  sent: cut(failure.sent || sent, SENT),
  received: cut(failure.received, RECEIVED),
  expected: cut(failure.expected, SENT),
  ms: Math.round(ms),
})

export const evidenceOfReply = (label: string, reply: Reply, expected: string): Evidence => ({
  step: label,
  sent: cut(reply.sent, SENT),
  received: cut(`${reply.status} ${reply.body}${reply.note ? ` [${reply.note}]` : ''}`, RECEIVED),
  expected: cut(expected, SENT),
  ms: Math.round(reply.ms),
})
