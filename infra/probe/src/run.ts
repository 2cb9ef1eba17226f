import { randomStream } from '../../services/kit/nation/random.ts'
import { prepareClient, useCard } from './certificate.ts'
import { type CookieJar, openCookieJar } from './cookies.ts'
import { evidenceOfFailure, evidenceOfReply, stepLabel } from './evidence.ts'
import { captureFrom, lazyJson, meet } from './expectation.ts'
import { type Actor, type HttpPlace, sendHttp } from './http-client.ts'
import { type Cast, castFor, castValue, nationOf } from './people.ts'
import { openRandomData } from './random-data.ts'
import { sendSql } from './sql-client.ts'
import { type Answer, type Evidence, type Reply, type Script, type Step, StepFailure } from './steps.ts'
import { sendTcp } from './tcp-client.ts'
import { fill } from './template.ts'

export interface RunRequest {
  readonly script: Script
  readonly vars: Readonly<Record<string, string>>
  readonly memory: Readonly<Record<string, string>>
  readonly seed: string
}

export interface ExecResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  readonly error: string | null
}

/** Where a run happens. `exec` asks the platform to run the step at `path` of its own copy of the script. */
export interface Place extends HttpPlace {
  /** Seeds the nation. */
  readonly nationSeed: string
  readonly cardAuthority: string
  exec(path: string, env: Readonly<Record<string, string>>): Promise<ExecResult>
}

const REPEAT_LIMIT = 200
const STEP_LIMIT = 2_000
const SCRIPT_LIMIT_MS = 120_000

interface Course {
  readonly request: RunRequest
  readonly place: Place
  readonly captured: Map<string, string>
  readonly remember: Map<string, string>
  readonly actors: Map<string, Actor>
  readonly lookup: (name: string) => string | undefined
  readonly deadline: number
  readonly stopped: () => boolean
  last: Evidence | null
  slow: string | null
  steps: number
}

/** Runs a script to its end or first failing step. Never rejects. */
export async function runScript(
  request: RunRequest,
  place: Place,
  stopped: () => boolean = () => false,
): Promise<Answer> {
  const since = performance.now()
  const course = openCourse(request, place, since, stopped)
  const answer = (
    outcome: Answer['outcome'],
    verdict: Answer['verdict'],
    evidence: Evidence | null,
  ): Answer => ({
    outcome,
    verdict,
    ms: Math.round((performance.now() - since) * 10) / 10,
    evidence,
    remember: Object.fromEntries(course.remember),
  })
  const setup = await attempt(request.script.setup ?? [], 'setup', course)
  if (setup) return answer('fault', 'unknown', setup.evidence)
  const sinceSteps = performance.now()
  const failed = await attempt(request.script.steps, 'steps', course)
  if (failed)
    return failed.kind === 'fault'
      ? answer('fault', 'unknown', failed.evidence)
      : answer('fail', failed.kind, failed.evidence)
  const took = performance.now() - sinceSteps
  const late =
    course.slow ??
    (took > request.script.slowAfterMs
      ? `${Math.round(took)} ms in all, limit ${request.script.slowAfterMs} ms`
      : null)
  if (late && course.last) return answer('pass', 'slow', { ...course.last, expected: late })
  return answer('pass', 'up', course.last)
}

function openCourse(request: RunRequest, place: Place, since: number, stopped: () => boolean): Course {
  const captured = new Map<string, string>()
  const land = nationOf(place.nationSeed)
  // Most runs name nobody: the cast is drawn when a template first asks.
  let cast: Cast | null = null
  const person = (name: string) => {
    cast ??= castFor(land, request.seed)
    return castValue(land, cast, name)
  }
  const random = openRandomData(request.seed)
  return {
    request,
    place,
    captured,
    remember: new Map(),
    actors: new Map(),
    lookup: (name) =>
      captured.get(name) ??
      (name.startsWith('memory.') ? (request.memory[name.slice(7)] ?? '') : undefined) ??
      request.vars[name] ??
      (name === 'now' ? new Date().toISOString() : undefined) ??
      (name === 'seed' ? place.nationSeed : undefined) ??
      (name.startsWith('random.') ? random(name.slice(7)) : undefined) ??
      person(name),
    deadline: since + Math.min(request.script.deadlineMs, SCRIPT_LIMIT_MS),
    stopped,
    last: null,
    slow: null,
    steps: 0,
  }
}

interface Failed {
  readonly kind: StepFailure['kind']
  readonly evidence: Evidence
}

/** Runs steps in order; null when all passed. */
async function attempt(steps: readonly Step[], path: string, course: Course): Promise<Failed | null> {
  for (const [index, step] of steps.entries()) {
    const at = `${path}.${index}`
    const since = performance.now()
    let label = stepLabel(at, step)
    try {
      guard(course)
      if (step.when !== undefined && fill(step.when, course.lookup) === '') continue
      const filled = {
        ...fill(step, course.lookup),
        ...('repeat' in step ? { repeat: step.repeat } : {}),
      } as Step
      label = stepLabel(at, filled)
      if ('repeat' in filled) {
        const failed = await repeat(filled.repeat, at, course)
        if (failed) return failed
      } else await one(filled, at, label, course)
    } catch (error) {
      const failure =
        error instanceof StepFailure
          ? error
          : new StepFailure('fault', {
              expected: 'the step to run',
              received: error instanceof Error ? error.message : String(error),
            })
      return {
        kind: failure.kind,
        evidence: evidenceOfFailure(label, failure, '', performance.now() - since),
      }
    }
  }
  return null
}

function guard(course: Course): void {
  course.steps += 1
  if (course.stopped()) throw new StepFailure('fault', { expected: 'to go on', received: 'cancelled' })
  if (course.steps > STEP_LIMIT)
    throw new StepFailure('fault', { expected: `at most ${STEP_LIMIT} steps`, received: 'too many' })
  if (performance.now() > course.deadline)
    throw new StepFailure('broken', {
      expected: `the whole run within ${course.request.script.deadlineMs} ms`,
      received: 'it took longer',
    })
}

async function repeat(
  loop: Extract<Step, { repeat: unknown }>['repeat'],
  at: string,
  course: Course,
): Promise<Failed | null> {
  let failed: Failed | null = null
  for (let turn = 0; turn < Math.min(loop.times, REPEAT_LIMIT); turn++) {
    if (turn > 0) await pause(loop.everyMs, course.deadline)
    failed = await attempt(loop.steps, `${at}.repeat.steps`, course)
    if (loop.until && !failed) return null
    if ((!loop.until && failed) || failed?.kind === 'fault') return failed
    if (performance.now() > course.deadline) break
  }
  return failed
}

const pause = (ms: number, deadline: number) =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, Math.min(ms, deadline - performance.now()))))

async function one(step: Step, at: string, label: string, course: Course): Promise<void> {
  const actor = actorOf(step.actor ?? 'citizen', course)
  const until = Math.min(performance.now() + step.deadlineMs, course.deadline)
  if ('waitMs' in step) return void (await pause(step.waitMs, course.deadline))
  const reply = await act(step, at, actor, until, course)
  const json = lazyJson(reply)
  if (step.expect) meet(step.expect, reply, json)
  if (step.expect?.withinMs !== undefined && reply.ms > step.expect.withinMs)
    course.slow ??= `${label}: ${Math.round(reply.ms)} ms, limit ${step.expect.withinMs} ms`
  for (const [name, capture] of Object.entries(step.capture ?? {}))
    course.captured.set(name, captureFrom(name, capture, reply, json, actor.cookies))
  for (const name of step.remember ?? []) {
    const value = course.captured.get(name)
    if (value !== undefined) course.remember.set(name, value)
  }
  course.last = evidenceOfReply(label, reply, step.expect ? JSON.stringify(step.expect) : 'an answer')
}

async function act(step: Step, at: string, actor: Actor, until: number, course: Course): Promise<Reply> {
  const { place } = course
  if ('http' in step) {
    if (step.http.key) await prepareClient(step.http.key)
    return sendHttp(step.http, Math.min(step.redirects, 10), actor, place, until)
  }
  if ('sql' in step) return sendSql(step.sql, place.networks, until)
  if ('tcp' in step) return sendTcp(step.tcp, place.networks, until)
  const since = performance.now()
  if ('card' in step) {
    const holder = nationOf(place.nationSeed).byCode.get(step.card.person)
    if (!holder)
      throw new StepFailure('fault', {
        expected: 'a person of this nation',
        received: `there is no ${step.card.person}`,
      })
    const body = await useCard(place.cardAuthority, holder, step.card)
    return {
      status: 0,
      headers: {},
      body,
      sent: `card of ${holder.code}`,
      ms: performance.now() - since,
      note: '',
    }
  }
  if ('exec' in step) {
    const result = await place.exec(at, step.exec.env)
    if (result.error !== null)
      throw new StepFailure('fault', { expected: 'the command to run', received: result.error })
    if (result.exitCode !== 0 && !step.expect?.status)
      throw new StepFailure('broken', {
        expected: 'exit code 0',
        received: `${result.exitCode} ${result.stderr || result.stdout}`,
      })
    return {
      status: result.exitCode,
      headers: {},
      body: result.stdout,
      sent: `in ${step.exec.service}: ${step.exec.command.join(' ')}`,
      ms: performance.now() - since,
      note: '',
    }
  }
  throw new StepFailure('fault', { expected: 'a known step', received: JSON.stringify(step).slice(0, 200) })
}

function actorOf(name: string, course: Course): Actor {
  const known = course.actors.get(name)
  if (known) return known
  const cookies: CookieJar = openCookieJar()
  const actor = { cookies, choice: randomStream(`actor/${course.request.seed}/${name}`)() }
  course.actors.set(name, actor)
  return actor
}
