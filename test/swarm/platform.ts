import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { run } from '../../server/lab/machine.ts'
import { hostOf, type LabPlan } from '../../server/lab/plan.ts'
import { inside } from '../../server/lab/wiring.ts'
import { until } from '../range/fixtures/open.ts'

const ROOT = join(import.meta.dirname, '../..')

/** `kilp up --swarm` as a process of its own in the platform's place at a lab's switch. */
export interface LabPlatform {
  /** What its console says, line by line. */
  readonly console: readonly string[]
  /** Resolves with the first line that has it; rejects with the end of the console after `ms`. */
  says(what: RegExp, ms: number): Promise<string>
  /** As white does it; resolves with the platform's answer. */
  white(type: string, data: object): Promise<unknown>
  /** Ends it, and resolves when the ledger is closed. */
  close(): Promise<void>
}

export function startPlatform(plan: LabPlan, dataDir: string, args: readonly string[]): LabPlatform {
  const [manager] = plan.nodes
  if (!manager) throw new Error('a lab without nodes')
  const env = { ...process.env, DOCKER_HOST: hostOf(manager), KILP_DATA: dataDir, KILP_CITIZEN_PORT: 'off' }
  const up = [process.execPath, join(ROOT, 'server/cli.ts'), 'up', '--swarm', ...args]
  const [file = '', ...its] = inside(plan.platform.namespace, up)
  const child = spawn(file, its, { env, cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr])
    createInterface(stream).on('line', (line) => said.push(line))
  const ended = once(child, 'exit')
  const says = async (what: RegExp, ms: number) => {
    const line = await until(ms, () => {
      const found = said.find((one) => what.test(one))
      return found ?? (child.exitCode === null ? undefined : '')
    })
    if (line) return line
    throw new Error(`the platform did not say ${what}:\n${said.slice(-25).join('\n')}`)
  }
  return {
    console: said,
    says,
    async white(type, data) {
      const url = (await says(/^Kilp ready /, 1_000)).replace('Kilp ready ', '')
      const token = (await says(/^white .*\/join\//, 1_000)).split('/join/')[1]?.trim() ?? ''
      const give = [process.execPath, join(import.meta.dirname, 'give.ts'), url, token, type]
      return JSON.parse(await run(inside(plan.platform.namespace, [...give, JSON.stringify(data)])))
    },
    async close() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
