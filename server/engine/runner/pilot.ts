import { pilotOf } from '../../exercise/ledger/actor.ts'
import type { TaskOf } from '../../exercise/schedule/task.ts'
import type { Playbook } from '../playbook.ts'
import { typeInTerminal } from '../terminal-run.ts'
import { done, type TaskRun } from './task-run.ts'

const TYPING_DEADLINE_MS = 60_000
const ANSWER = 'Thank you. We see the fault and are working on it.'

/** A sparring pilot sits down at a terminal and types, as a person in that seat would. */
export const runPilot: TaskRun<'pilot'> = async (task, { engine, terminals, playbook }) => {
  const { team, weakness, action } = task
  const service = weakness.split('/')[0] ?? ''
  const by = pilotOf(team)
  const opened = await terminals.open(team, service, { cols: 120, rows: 40 }, by)
  if (!opened.ok) return { good: false }
  const typed = await typeInTerminal(opened.stream, textOf(task, playbook), TYPING_DEADLINE_MS)
  await terminals.close(opened.terminal, 'done')
  const ok = typed.exitCode === 0
  await engine.submit({ type: 'report-pilot', data: { team, weakness, action, ok } }, by)
  return done
}

function textOf({ weakness, action }: TaskOf<'pilot'>, playbook: Playbook): string {
  if (action === 'fix') return playbook.fix(weakness)
  return action === 'wrong-fix' ? playbook.wrongFix(weakness) : playbook.undoWrongFix(weakness)
}

/** A sparring pilot answers a citizen. */
export const runPilotAnswer: TaskRun<'pilot-answer'> = async ({ team, ticket }, { engine }) => {
  await engine.submit({ type: 'answer-ticket', data: { team, ticket, text: ANSWER } }, pilotOf(team))
  return done
}
