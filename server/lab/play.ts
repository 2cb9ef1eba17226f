import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { joined } from './joined.ts'
import { hostOf, type LabPlan } from './plan.ts'
import { LabProblem } from './problem.ts'
import { inside } from './wiring.ts'

/** Ports beside the platform's own under which services are shown as citizens see them. */
const CITIZEN_PORTS = 160

/**
 * Runs a platform on the lab's nodes, in a place of its own at their switch, with this terminal. It is shown to browsers of this machine under the same ports of the loopback address. Resolves with the
 * status that it ends with. @throws LabProblem where the port is taken
 */
export async function playOn(plan: LabPlan, command: readonly string[], port: number): Promise<number> {
  const path = join(plan.folder, 'window.sock')
  rmSync(path, { force: true })
  const [manager] = plan.nodes
  if (!manager) throw new LabProblem('This lab has no node')
  const own = (args: readonly string[]) => inside(plan.platform.namespace, [process.execPath, ...args])
  const window = start(own([join(import.meta.dirname, 'window-inside.ts'), path]), 'pipe', {})
  const servers: Server[] = []
  try {
    await Promise.race([once(window.stdout ?? window, 'data'), ended(window)])
    servers.push(await show(port, path))
    for (let next = port + 1; next <= port + CITIZEN_PORTS; next++)
      await show(next, path).then(
        (server) => servers.push(server),
        () => {},
      )
    const platform = start(own(command), 'inherit', { DOCKER_HOST: hostOf(manager) })
    // Ctrl-C reaches both: the platform says when it is done.
    process.on('SIGINT', () => {})
    process.on('SIGTERM', () => void platform.kill('SIGTERM'))
    return await ended(platform)
  } finally {
    for (const server of servers) server.close()
    window.kill()
    rmSync(path, { force: true })
  }
}

function start(
  [file = '', ...args]: readonly string[],
  stdio: 'pipe' | 'inherit',
  env: Readonly<Record<string, string>>,
): ChildProcess {
  return spawn(file, args, {
    stdio: stdio === 'inherit' ? 'inherit' : ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  })
}

const ended = async (child: ChildProcess): Promise<number> => {
  const [status] = await once(child, 'exit')
  return typeof status === 'number' ? status : 1
}

/** A port of this machine's loopback address that leads to the same port inside. */
async function show(port: number, path: string): Promise<Server> {
  const server = createServer((browser) => {
    const way = connect(path)
    way.write(`${port}\n`)
    joined(browser, way)
  })
  server.listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch {
    throw new LabProblem(
      `Port ${port} of this machine is taken: end what listens there, or name another with KILP_PORT`,
    )
  }
  return server
}
