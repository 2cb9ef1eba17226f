import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import Docker from 'dockerode'
import type { Machine } from '../../exercise/schedule/admit.ts'
import { reason } from '../log.ts'
import { type Endpoint, endpoints } from './endpoints.ts'
import { sshAgent } from './ssh-dial.ts'

/** A connected container engine. Only `range/` knows what is inside. */
export type ContainerEngine = Docker
/** What it makes containers and networks of. */
export type ContainerOptions = Docker.ContainerCreateOptions
export type NetworkOptions = Docker.NetworkCreateOptions

export interface FoundEngine {
  readonly docker: ContainerEngine
  /** How it was found, for the operator: `default socket unix:///var/run/docker.sock`. */
  readonly source: string
  readonly version: string
}

export class EngineNotFound extends Error {
  override name = 'EngineNotFound'
}

const ANSWER_MS = 5_000
/** Engine 20.10; older ones lack what the plan asks for. */
const OLDEST_API = 1.41

/** Connects to the container engine. Rejects with `EngineNotFound`, which says what was tried and what to do. */
export async function findEngine(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<FoundEngine> {
  const tried: string[] = []
  const places = endpoints(env, homedir())
  for (const endpoint of places) {
    const socket = endpoint.host.startsWith('unix://') ? endpoint.host.slice(7) : null
    if (!endpoint.chosen && socket && !existsSync(socket)) {
      tried.push(`${endpoint.host}: not there`)
      continue
    }
    try {
      return await connect(endpoint)
    } catch (error) {
      tried.push(`${endpoint.source} ${endpoint.host}: ${reason(error)}`)
    }
  }
  throw new EngineNotFound(
    `No container engine answers.\n  ${tried.join('\n  ')}\n${advice(places.find(({ chosen }) => chosen))}`,
  )
}

async function connect(endpoint: Endpoint): Promise<FoundEngine> {
  const docker = new Docker(dockerOptions(endpoint))
  const version = await within(docker.version(), ANSWER_MS)
  const podman = version.Components?.find(({ Name }) => /podman/i.test(Name))
  // Seen with 4.3: it drops the names of bridges that it is asked for, and our rules go by them.
  if (podman)
    throw new Error(
      `is Podman ${podman.Version}, which does not name bridges as asked, so that nothing would keep enclaves off its host; Kilp needs Docker Engine`,
    )
  if (version.Os !== 'linux') throw new Error(`runs ${version.Os} containers; Kilp needs Linux containers`)
  if (Number(version.ApiVersion) < OLDEST_API)
    throw new Error(`Engine ${version.Version} is too old; Kilp needs Docker Engine 20.10 or newer`)
  return {
    docker,
    source: `${endpoint.source} ${endpoint.host}`,
    version: version.Version,
  }
}

/** The engine's machine. */
export async function machineOf(docker: ContainerEngine): Promise<Machine> {
  const { ID, NCPU } = (await docker.info()) as { ID: string; NCPU: number }
  return { id: ID, cores: NCPU }
}

/** The engine's architecture in Node's words. */
export const nodeArch = (arch: string): 'x64' | 'arm64' => (/^(arm64|aarch64)/.test(arch) ? 'arm64' : 'x64')

function dockerOptions(endpoint: Endpoint): Docker.DockerOptions {
  if (endpoint.host.startsWith('unix://')) return { socketPath: endpoint.host.slice(7) }
  const url = new URL(endpoint.host.includes('//') ? endpoint.host : `tcp://${endpoint.host}`)
  if (url.protocol === 'ssh:') {
    // The client takes an agent, its types do not know.
    const through = { host: url.hostname, port: 80, protocol: 'http' as const, agent: sshAgent(url) }
    return through
  }
  const folder = endpoint.tlsFolder
  const pem = (name: string) => readFileSync(join(folder ?? '', name), 'utf8')
  return {
    host: url.hostname,
    port: url.port || (folder ? 2376 : 2375),
    protocol: folder || url.protocol === 'https:' ? 'https' : 'http',
    ...(folder ? { ca: pem('ca.pem'), cert: pem('cert.pem'), key: pem('key.pem') } : {}),
  }
}

/** What to do without an engine: about the one that the user named, else by platform. */
function advice(named: Endpoint | undefined): string {
  if (named?.host.startsWith('ssh://')) {
    const { hostname, username, port } = new URL(named.host)
    const login = `ssh${port ? ` -p ${port}` : ''} ${username ? `${username}@` : ''}${hostname}`
    return `\`${login} docker version\` must answer without asking anything: the host known, a key in the agent or the SSH configuration, Docker on that machine. Or forward its socket (ssh -L /tmp/engine.sock:/var/run/docker.sock HOST) and set DOCKER_HOST=unix:///tmp/engine.sock.`
  }
  if (named)
    return `It was named by ${named.source}, so no other was looked for. Start it, or name another, or unset that for the engine of this machine.`
  if (process.platform === 'darwin')
    return 'Install and start Docker Desktop, OrbStack or colima (brew install colima docker && colima start), then run this again.'
  if (process.platform === 'linux' && process.getuid?.() !== 0)
    return 'Start Docker (sudo systemctl start docker) and let your user reach it (sudo usermod -aG docker $USER, then log in again), or set DOCKER_HOST. On Debian and Ubuntu Kilp installs an engine by itself when run as root.'
  return 'Install Docker Engine 20.10 or newer (https://docs.docker.com/engine/install/) and start it, or set DOCKER_HOST to one that runs.'
}

/** What a promise gives; rejects where it takes longer. */
export function within<T>(promise: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms / 1000} s`)), ms)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}
