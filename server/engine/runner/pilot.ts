import { pilotOf } from '../../exercise/ledger/actor.ts'
import type { TaskOf } from '../../exercise/schedule/task.ts'
import type { Play, Playbook } from '../playbook.ts'
import { typeInTerminal } from '../terminal-run.ts'
import { done, type TaskRun } from './task-run.ts'

const TYPING_DEADLINE_MS = 60_000
const ANSWER = 'Thank you. We see the fault and are working on it.'

/**
 * A sparring pilot sits down at a terminal and types, as a person in that seat would. Only the patch does not go through there: the machine is the team's, and what
 * is typed into it could be kept.
 */
export const runPilot: TaskRun<'pilot'> = async (task, { engine, range, terminals, playbook }) => {
  const { team, weakness, action } = task
  const service = weakness.split('/')[0] ?? ''
  const by = pilotOf(team)
  const opened = await terminals.open(team, service, { cols: 120, rows: 40 }, by)
  if (!opened.ok) return { good: false }
  const play = playOf(task, playbook)
  const trouble = await range.edit(team, service, play.edits)
  const typed = trouble ? null : await typeInTerminal(opened.stream, play.typed, TYPING_DEADLINE_MS)
  await terminals.close(opened.terminal, 'done')
  const ok = typed?.exitCode === 0
  await engine.submit({ type: 'report-pilot', data: { team, weakness, action, ok } }, by)
  return done
}

function playOf({ weakness, action }: TaskOf<'pilot'>, playbook: Playbook): Play {
  if (action === 'fix') return playbook.fix(weakness)
  return action === 'wrong-fix' ? playbook.wrongFix(weakness) : playbook.undoWrongFix(weakness)
}

/** A sparring pilot answers a citizen. */
export const runPilotAnswer: TaskRun<'pilot-answer'> = async ({ team, ticket }, { engine }) => {
  await engine.submit({ type: 'answer-ticket', data: { team, ticket, text: ANSWER } }, pilotOf(team))
  return done
}

/** A sparring pilot answers a message or tries a question, which it has read then. Nobody has answered it before. */
export const runPilotMessage: TaskRun<'pilot-message'> = async ({ team, inject, content }, { engine }) => {
  await engine.submit({ type: 'read-inject', data: { team, inject } }, pilotOf(team))
  const of = { team, inject, seen: 0 }
  await (content.kind === 'question'
    ? engine.submit({ type: 'try-question', data: { ...of, text: content.text } }, pilotOf(team))
    : engine.submit({ type: 'answer-inject', data: { ...of, content } }, pilotOf(team)))
  return done
}

/** A sparring pilot files a report of an incident. */
export const runPilotReport: TaskRun<'pilot-report'> = async ({ team, report, fields }, { engine }) => {
  await engine.submit({ type: 'file-report', data: { team, report, fields, seen: 0 } }, pilotOf(team))
  return done
}
