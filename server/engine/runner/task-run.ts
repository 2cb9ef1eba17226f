import type { TaskKind, TaskOf } from '../../exercise/schedule/task.ts'
import type { CheckCounter } from '../check-count.ts'
import type { AskedCommand, Engine } from '../engine.ts'
import type { Playbook } from '../playbook.ts'
import type { Clock, Range } from '../ports/ports.ts'
import type { SampleBuffer } from '../samples.ts'
import type { Terminals } from '../terminals.ts'

/** What tasks act with. */
export interface TaskTools {
  readonly engine: Engine
  readonly range: Range
  readonly clock: Clock
  readonly samples: SampleBuffer
  readonly checks: CheckCounter
  readonly terminals: Terminals
  readonly playbook: Playbook
  /** Offers a command until the store takes it, or the exercise is left. For what nobody would do again. */
  readonly insist: (command: AskedCommand) => Promise<unknown>
}

/** What a run found: whether things are well there. What is not is looked at again sooner. */
export interface TaskOutcome {
  readonly good: boolean
}

/** Carries out one kind of task once. A rejection is a fault of ours. */
export type TaskRun<K extends TaskKind> = (task: TaskOf<K>, tools: TaskTools) => Promise<TaskOutcome>

export const done: TaskOutcome = { good: true }
