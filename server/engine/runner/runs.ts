import type { Task, TaskKind } from '../../exercise/schedule/task.ts'
import { runAttack } from './attack.ts'
import { runCheck } from './check.ts'
import { runFoothold } from './foothold.ts'
import { runMove } from './move.ts'
import { runPilot, runPilotAnswer, runPilotMessage, runPilotReport } from './pilot.ts'
import type { TaskOutcome, TaskRun, TaskTools } from './task-run.ts'
import { runInject, runNote, runPassTime } from './timeline.ts'
import { runUnseen } from './unseen.ts'
import { runVisit } from './visit.ts'
import { runServiceAct, runWorldBegin, runWorldEnd, runWorldHold } from './world.ts'

interface Kind<K extends TaskKind> {
  readonly run: TaskRun<K>
  /** After it the record is closed as a fault and its place is free, whatever hangs. Each run inside has a shorter deadline of its own. Wall time, ms. */
  readonly deadlineMs: number
}

/** One entry for each kind of task: a missing one does not compile. The one place of their deadlines. */
const KINDS: { readonly [K in TaskKind]: Kind<K> } = {
  'light-check': { run: runCheck, deadlineMs: 60_000 },
  journey: { run: runCheck, deadlineMs: 300_000 },
  foothold: { run: runFoothold, deadlineMs: 600_000 },
  visit: { run: runVisit, deadlineMs: 900_000 },
  attack: { run: runAttack, deadlineMs: 1_800_000 },
  note: { run: runNote, deadlineMs: 60_000 },
  inject: { run: runInject, deadlineMs: 60_000 },
  unseen: { run: runUnseen, deadlineMs: 60_000 },
  'world-begin': { run: runWorldBegin, deadlineMs: 60_000 },
  'world-hold': { run: runWorldHold, deadlineMs: 120_000 },
  'world-end': { run: runWorldEnd, deadlineMs: 300_000 },
  'service-act': { run: runServiceAct, deadlineMs: 300_000 },
  move: { run: runMove, deadlineMs: 1_200_000 },
  'pass-time': { run: runPassTime, deadlineMs: 60_000 },
  pilot: { run: runPilot, deadlineMs: 180_000 },
  'pilot-answer': { run: runPilotAnswer, deadlineMs: 60_000 },
  'pilot-message': { run: runPilotMessage, deadlineMs: 60_000 },
  'pilot-report': { run: runPilotReport, deadlineMs: 60_000 },
}

/** Carries out a task within the deadline of its kind. @throws what went wrong, or that it took too long. */
export async function runTask(task: Task, tools: TaskTools): Promise<TaskOutcome> {
  const { run, deadlineMs } = KINDS[task.kind] as Kind<TaskKind>
  const late = Promise.withResolvers<never>()
  const stop = after(tools, deadlineMs, () =>
    late.reject(new Error(`${task.kind} was not over after ${deadlineMs} ms`)),
  )
  try {
    return await Promise.race([run(task, tools), late.promise])
  } finally {
    stop()
  }
}

/** Calls back once after `ms`, unless stopped. */
function after({ clock }: TaskTools, ms: number, call: () => void): () => void {
  const stop = clock.every(ms, () => {
    stop()
    call()
  })
  return stop
}
