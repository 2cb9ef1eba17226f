import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { endNode, engineOf, runningPid, startNode } from './engine-process.ts'
import { namespacesOf, run } from './machine.ts'
import type { LabNode, LabPlan } from './plan.ts'
import { LabProblem } from './problem.ts'
import { keepLab } from './state.ts'
import { beginSwarm, joinSwarm, labelNodes, ready, swarmStates } from './swarm.ts'
import type { Tell } from './tell.ts'
import { cableCommand, placeCommands, pluggedIn, portsCommand, switchCommands } from './wiring.ts'

/** Makes a lab and resolves when all its nodes are ready. One that fails half-way stays as it is, for a look at its logs. @throws LabProblem */
export async function makeLab(plan: LabPlan, tell: Tell): Promise<void> {
  begin(plan)
  for (const command of [...switchCommands(plan), ...placeCommands(plan, plan.platform)]) await run(command)
  tell(`switch: network ${plan.network}, with no way to this machine or out of it`)
  const [manager, ...others] = plan.nodes
  if (!manager) return
  const engine = await makeNode(plan, manager, tell)
  const token = await beginSwarm(engine, manager)
  tell(`${manager.name}: swarm begun, as its manager`)
  for (const node of others) {
    await joinSwarm(await makeNode(plan, node, tell), node, manager, token)
    tell(`${node.name}: joined the swarm`)
  }
  await labelNodes(engine, plan.nodes)
  keepLab(plan, true)
  tell(`all nodes are ready, and labelled for the range`)
}

/** The folder's making decides which of two that start at once goes on. */
function begin(plan: LabPlan): void {
  mkdirSync(dirname(plan.folder), { recursive: true })
  try {
    mkdirSync(plan.folder, { mode: 0o700 })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    throw new LabProblem(`Another lab is just being made in ${plan.folder}: npm run lab -- --status`)
  }
  keepLab(plan, false)
}

async function makeNode(plan: LabPlan, node: LabNode, tell: Tell) {
  for (const command of placeCommands(plan, node)) await run(command)
  const engine = await startNode(plan, node)
  tell(`${node.name}: engine answers, at ${node.address}`)
  return engine
}

/** Takes a node's cable out of the switch, or puts it back. Says whether that changed anything. */
export async function plug(plan: LabPlan, node: LabNode, plugged: boolean): Promise<boolean> {
  await needWires(plan)
  const was = pluggedIn(await run(portsCommand(plan))).includes(node.name)
  await run(cableCommand(plan, node, plugged))
  return was !== plugged
}

/** Ends all that a node runs, as a loss of power does. Says whether it ran. */
export const powerOff = endNode

/**
 * Starts a node again, with the disk it had. Resolves when the manager hears from it, and a manager from all that it can reach; says whether it had to be started.
 */
export async function powerOn(plan: LabPlan, node: LabNode): Promise<boolean> {
  await needWires(plan)
  if (runningPid(node) !== null) return false
  // What a kill of another kind has left: control groups with containers in them, say.
  await endNode(plan, node)
  await startNode(plan, node)
  const plugged = pluggedIn(await run(portsCommand(plan)))
  const reached = plan.nodes.filter((one) => plugged.includes(one.name) && runningPid(one) !== null)
  const [manager] = plan.nodes
  if (manager && reached.includes(manager) && reached.includes(node))
    await ready(await engineOf(manager), node === manager ? reached : [node])
  return true
}

/** After a restart of the machine the namespaces are gone; folders are not. */
async function needWires(plan: LabPlan): Promise<void> {
  const there = await namespacesOf(plan.name)
  const gone = [plan.switch, plan.platform.namespace, ...plan.nodes.map(({ namespace }) => namespace)].filter(
    (one) => !there.includes(one),
  )
  if (gone.length > 0)
    throw new LabProblem(
      `The lab's network is gone (${gone.join(', ')}), as after a restart of this machine. Make the lab anew: npm run lab -- --down, then npm run lab -- --nodes ${plan.nodes.length}`,
    )
}

export interface NodeLook {
  readonly node: LabNode
  readonly pid: number | null
  readonly plugged: boolean
  /** What the manager says: `ready`, `down`; null when the manager does not answer. */
  readonly swarm: string | null
}

/** How each node stands. Changes nothing. */
export async function lookAtLab(plan: LabPlan): Promise<readonly NodeLook[]> {
  const wired = (await namespacesOf(plan.name)).includes(plan.switch)
  const plugged = wired ? pluggedIn(await run(portsCommand(plan))) : []
  const states = await managerStates(plan)
  return plan.nodes.map((node) => ({
    node,
    pid: runningPid(node),
    plugged: plugged.includes(node.name),
    swarm: states ? (states.get(node.name) ?? 'unknown') : null,
  }))
}

async function managerStates({ nodes: [manager] }: LabPlan) {
  if (!manager || runningPid(manager) === null) return null
  try {
    return await swarmStates(await engineOf(manager))
  } catch {
    return null
  }
}
