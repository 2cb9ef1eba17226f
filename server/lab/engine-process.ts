import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ContainerEngine, findEngine } from '../range/engine-api/docker.ts'
import { reason } from '../range/log.ts'
import { startOf } from '../store/process-start.ts'
import { processesIn, removeGroup } from './groups.ts'
import { engineSettings, nodeCommand } from './node-script.ts'
import { hostOf, type LabNode, type LabPlan } from './plan.ts'
import { LabProblem } from './problem.ts'

const ANSWERS_WITHIN_MS = 90_000
const GONE_WITHIN_MS = 30_000
const LAST_LINES = 12

const pidFile = ({ folder }: Pick<LabNode, 'folder'>) => join(folder, 'node.json')
const logFile = ({ folder }: LabNode) => join(folder, 'engine.log')
/** Control group of all that a node runs. */
const groupOf = (plan: LabPlan, { name }: LabNode) => `${plan.name}/${name}`

interface NodeProcess {
  readonly pid: number
  /** Tells the process from a later one with the same pid, also after a restart of the machine. */
  readonly started: string
}

/** Pid of the process that holds a node, or null when the node does not run. What a file says of a process that is gone is not believed. */
export function runningPid(node: Pick<LabNode, 'folder'>): number | null {
  try {
    const { pid, started } = JSON.parse(readFileSync(pidFile(node), 'utf8')) as NodeProcess
    const is = Number.isInteger(pid) && pid > 1 ? startOf(pid) : null
    return is !== null && is === started ? pid : null
  } catch {
    return null
  }
}

/** Starts a node: its engine, detached from this process and its terminal. Resolves when the engine answers. @throws LabProblem with the end of its log */
export async function startNode(plan: LabPlan, node: LabNode): Promise<ContainerEngine> {
  mkdirSync(join(node.folder, 'etc'), { recursive: true })
  writeFileSync(join(node.folder, 'etc/daemon.json'), JSON.stringify(engineSettings(node), null, 2))
  const [file = '', ...args] = nodeCommand(plan, node)
  const log = openSync(logFile(node), 'a')
  const child = spawn(file, args, {
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
    env: { PATH: process.env.PATH },
  })
  closeSync(log)
  await once(child, 'spawn')
  const pid = child.pid ?? 0
  writeFileSync(pidFile(node), JSON.stringify({ pid, started: startOf(pid) ?? '' } satisfies NodeProcess))
  child.unref()
  return answering(node)
}

async function answering(node: LabNode): Promise<ContainerEngine> {
  const until = Date.now() + ANSWERS_WITHIN_MS
  for (;;) {
    const runs = runningPid(node) !== null
    try {
      return await engineOf(node)
    } catch (error) {
      if (!runs) throw new LabProblem(`The engine of ${node.name} has ended. ${endOfLog(node)}`)
      if (Date.now() > until)
        throw new LabProblem(
          `The engine of ${node.name} does not answer after ${ANSWERS_WITHIN_MS / 1000} s: ${reason(error)}. ${endOfLog(node)}`,
        )
    }
    await sleep(250)
  }
}

/** A connection to a node's engine. */
export const engineOf = async (node: LabNode): Promise<ContainerEngine> =>
  (await findEngine({ DOCKER_HOST: hostOf(node) })).docker

function endOfLog(node: LabNode): string {
  const lines = readFileSync(logFile(node), 'utf8').trimEnd().split('\n').slice(-LAST_LINES)
  return `The end of its log, ${logFile(node)}:\n${lines.join('\n')}`
}

/**
 * Ends all that a node runs, at once, as a loss of power does; its disk and its cable stay. Says whether anything ran.
 * A process is the node's when it is in the node's control group: nothing else gets there, and it can not leave.
 */
export async function endNode(plan: LabPlan, node: LabNode): Promise<boolean> {
  const pid = runningPid(node)
  if (pid !== null) end(pid)
  const ran = pid !== null || processesIn(groupOf(plan, node)).length > 0
  await emptyGroup(groupOf(plan, node))
  return ran
}

/** Ends the processes of a control group of the lab, and removes it. */
export async function emptyGroup(group: string): Promise<void> {
  const until = Date.now() + GONE_WITHIN_MS
  for (;;) {
    const left = processesIn(group)
    for (const pid of left) end(pid)
    // The kernel takes a moment until a group counts as empty.
    if (left.length === 0 && removeGroup(group)) return
    if (Date.now() > until)
      throw new LabProblem(
        `The control group ${group} of the lab can not be removed. Processes in it: ${left.join(', ') || 'none'}`,
      )
    await sleep(100)
  }
}

/** Ends a process that may be gone already. */
export function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
