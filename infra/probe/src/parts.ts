import { setTimeout as sleep } from 'node:timers/promises'
import { act } from './act.ts'
import { type Course, partDeadline, type RunRequest } from './course.ts'
import { evidenceOfFailure, stepLabel } from './evidence.ts'
import { read } from './reading.ts'
import { type Action, type Evidence, type Step, StepFailure } from './steps.ts'
import { fill, fillJson, fillText } from './template.ts'
import { trace } from './trail.ts'

const REPEAT_LIMIT = 200
const REPEAT_LIMIT_MS = 60_000
const STEP_LIMIT = 2_000
const REMEMBER_LIMIT = 16 * 1024

export interface Failed {
  readonly kind: StepFailure['kind']
  /** The service said something that is not what the step wants. Nothing is said by silence, and by an answer that takes longer than there is time. */
  readonly answered: boolean
  readonly evidence: Evidence
}

export const lull = (waitMs: number): Step => ({ waitMs, deadlineMs: waitMs })

/** One part of a script, with a deadline of its own: an attacker who is kept waiting does not take the witness's time. */
export function part(
  steps: readonly Step[],
  path: string,
  course: Course,
  script: Pick<RunRequest['script'], 'deadlineMs'>,
): Promise<Failed | null> {
  course.deadline = partDeadline(script)
  return attempt(steps, path, course)
}

/** Runs steps in order; null when all passed. */
async function attempt(steps: readonly Step[], path: string, course: Course): Promise<Failed | null> {
  for (const [index, step] of steps.entries()) {
    const at = `${path}.${index}`
    let since = performance.now()
    let known = step
    try {
      if (course.steps > 0 && path === 'steps') await think(course)
      since = performance.now()
      guard(course)
      if (step.when !== undefined && fillText(step.when, course.lookup).trim() === '') continue
      if ('repeat' in step) {
        const failed = await repeat(step.repeat, at, course)
        if (failed) return failed
        continue
      }
      known = filled(step, course)
      await one(known, at, course)
    } catch (error) {
      const failure = error instanceof StepFailure ? error : unforeseen(error)
      const evidence = evidenceOfFailure(stepLabel(at, known), failure, performance.now() - since)
      const kind = answerable(failure.kind, known, course)
      const inTime = performance.now() < course.deadline
      return { kind, answered: kind === 'broken' && !failure.cut && inTime, evidence }
    }
  }
  return null
}

/**
 * Who answers for a failure. What services have said may lead a later step anywhere: to a target outside, a port that there is not, a value that no
 * text can hold. Were that our fault, a team could void whatever is not to its liking.
 */
const answerable = (kind: StepFailure['kind'], step: Step, { heard, signal }: Course): StepFailure['kind'] =>
  kind === 'fault' && heard && !signal.aborted && !('exec' in step) ? 'broken' : kind

const unforeseen = (error: unknown) =>
  new StepFailure('fault', {
    expected: 'the step to run',
    received: error instanceof Error ? error.message : String(error),
  })

function filled(step: Step, { lookup }: Course): Step {
  if (!('http' in step) || step.http.json === undefined) return fill(step, lookup)
  const { json, ...http } = step.http
  const rest = fill({ ...step, http }, lookup)
  return { ...rest, http: { ...rest.http, json: fillJson(json, lookup) } }
}

function guard({ signal, deadline, script, steps }: Course): void {
  if (signal.aborted) throw cancelled()
  if (steps > STEP_LIMIT)
    throw new StepFailure('fault', { expected: `at most ${STEP_LIMIT} steps`, received: 'too many' })
  if (performance.now() > deadline)
    throw new StepFailure('broken', {
      expected: `the whole run within ${script.deadlineMs} ms`,
      received: 'it took longer',
    })
}

const cancelled = () => new StepFailure('fault', { expected: 'to go on', received: 'cancelled' })

/** Waits, though not past the end of the run. */
async function pause(ms: number, { deadline, signal }: Course): Promise<void> {
  const left = Math.max(0, Math.min(ms, deadline - performance.now() + 1))
  if (left > 0)
    await sleep(left, undefined, { signal }).catch(() => {
      throw cancelled()
    })
}

/** A person reads and types: sometimes longer, sometimes not as long. */
async function think(course: Course): Promise<void> {
  if (course.thinkMs > 0) await pause(course.thinkMs * (0.5 + course.ponder()), course)
}

async function repeat(
  loop: Extract<Action, { repeat: unknown }>['repeat'],
  at: string,
  course: Course,
): Promise<Failed | null> {
  const end = performance.now() + REPEAT_LIMIT_MS
  let failed: Failed | null = null
  for (let turn = 0; turn < Math.min(loop.times, REPEAT_LIMIT); turn++) {
    if (turn > 0) {
      if (performance.now() > Math.min(end, course.deadline)) break
      await pause(loop.everyMs, course)
    }
    failed = await attempt(loop.steps, `${at}.repeat.steps`, course)
    if (failed?.kind === 'fault') return failed
    if (loop.until ? !failed : failed) return failed
  }
  return failed
}

async function one(step: Step, path: string, course: Course): Promise<void> {
  course.steps += 1
  if ('waitMs' in step) return pause(step.waitMs, course)
  if ('repeat' in step) return
  const actor = course.actor(step.actor ?? 'citizen')
  const deadline = Math.min(performance.now() + step.deadlineMs, course.deadline)
  const { signal, exec, retired } = course
  const since = performance.now()
  const timed = 'http' in step || 'sql' in step || 'tcp' in step || 'ssh' in step
  const reply = await act(step, course.place, { path, actor, deadline, signal, exec, retired }).finally(
    () => {
      if (timed) course.servedMs += performance.now() - since
    },
  )
  course.heard = true
  const { apps } = course.place
  const found = await read(step, reply, { cookies: actor.cookies, apps, deadline })
  const within = step.expect?.withinMs
  if (within !== undefined && reply.ms > within)
    course.slow ??= `${stepLabel(path, step)}: ${Math.round(reply.ms)} ms, limit ${within} ms`
  for (const [name, value] of Object.entries(found)) course.captured.set(name, value)
  for (const name of step.remember ?? []) keep(name, course)
  if (timed || 'flood' in step) course.trail.push({ reply, told: trace(step, reply.status) })
  course.last = { path, step, reply }
}

function keep(name: string, { captured, remember }: Course): void {
  const value = captured.get(name)
  if (value === undefined) return
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  if (text.length > REMEMBER_LIMIT)
    throw new StepFailure('fault', {
      expected: `at most ${REMEMBER_LIMIT} characters to remember`,
      received: `${name} has ${text.length}`,
    })
  remember.set(name, text)
}
