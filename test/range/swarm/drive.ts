import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { ContainerEvent, IsolationNews, MachineNews } from '../../../server/engine/ports/range-news.ts'
import { hostOf, type LabPlan } from '../../../server/lab/plan.ts'
import { inside } from '../../../server/lab/wiring.ts'
import type { Commands, DriverOptions } from './driver.ts'

interface Line {
  readonly id?: number
  readonly value?: unknown
  readonly error?: string
  readonly heard?: keyof Heard
  readonly event?: never
}

export interface Heard {
  readonly container: ContainerEvent[]
  readonly machine: MachineNews[]
  readonly isolation: IsolationNews[]
}

/** A range on the Swarm of a lab, opened where its platform's place at the switch is. */
export interface Drive {
  readonly heard: Heard
  /** What the range warned of. */
  readonly warned: readonly string[]
  ask<C extends keyof Commands>(command: C, ...given: Parameters<Commands[C]>): ReturnType<Commands[C]>
  close(): Promise<void>
}

export function openDrive(plan: LabPlan, options: DriverOptions): Drive {
  const [manager] = plan.nodes
  if (!manager) throw new Error('a lab without nodes')
  const driver = [process.execPath, join(import.meta.dirname, 'driver.ts'), JSON.stringify(options)]
  const [file = '', ...args] = inside(plan.platform.namespace, driver)
  const env = { ...process.env, DOCKER_HOST: hostOf(manager) }
  const child = spawn(file, args, { env, stdio: ['pipe', 'pipe', 'pipe'] })
  const heard: Heard = { container: [], machine: [], isolation: [] }
  const warned: string[] = []
  const asked = new Map<number, PromiseWithResolvers<unknown>>()
  createInterface(child.stderr).on('line', (line) => warned.push(line))
  createInterface(child.stdout).on('line', (text) => {
    const { id, value, error, heard: what, event } = JSON.parse(text) as Line
    if (what && event) heard[what].push(event)
    if (id === undefined) return
    if (error === undefined) asked.get(id)?.resolve(value)
    else asked.get(id)?.reject(new Error(error))
  })
  const ended = once(child, 'exit')
  ended.then(([code]) => {
    for (const { reject } of asked.values())
      reject(new Error(`the driver has ended (${code}): ${warned.slice(-8).join('\n')}`))
  })
  let last = 0
  return {
    heard,
    warned,
    ask(command, ...given) {
      const answer = Promise.withResolvers<unknown>()
      const id = ++last
      asked.set(id, answer)
      child.stdin.write(`${JSON.stringify({ id, command, given })}\n`)
      return answer.promise as ReturnType<Commands[typeof command]>
    },
    async close() {
      child.stdin.end()
      await ended
    },
  }
}
