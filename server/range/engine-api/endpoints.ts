import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One place where a container engine may answer. `chosen`: the user named it, so nothing else is tried. */
export interface Endpoint {
  readonly source: string
  /** `unix://...`, `tcp://...`, `https://...` or `ssh://...` */
  readonly host: string
  readonly tlsFolder: string | null
  readonly chosen: boolean
}

type Env = Readonly<Record<string, string | undefined>>

/** Where to look, in order: DOCKER_HOST, the current Docker context, then the usual sockets. */
export function endpoints(env: Env, home: string): readonly Endpoint[] {
  if (env.DOCKER_HOST) {
    const tls = env.DOCKER_CERT_PATH ?? (env.DOCKER_TLS_VERIFY ? join(home, '.docker') : null)
    return [{ source: 'DOCKER_HOST', host: env.DOCKER_HOST, tlsFolder: tls, chosen: true }]
  }
  const config = env.DOCKER_CONFIG ?? join(home, '.docker')
  const context = currentContext(env, config)
  if (context) return [context]
  const sockets = [
    '/var/run/docker.sock',
    join(home, '.docker/run/docker.sock'),
    ...(env.XDG_RUNTIME_DIR ? [join(env.XDG_RUNTIME_DIR, 'docker.sock')] : []),
    join(home, '.colima/default/docker.sock'),
    join(home, '.orbstack/run/docker.sock'),
  ]
  return sockets.map((path) => ({
    source: 'default socket',
    host: `unix://${path}`,
    tlsFolder: null,
    chosen: false,
  }))
}

function currentContext(env: Env, config: string): Endpoint | null {
  const name =
    env.DOCKER_CONTEXT || readJson<{ currentContext?: string }>(join(config, 'config.json'))?.currentContext
  if (!name || name === 'default') return null
  const id = createHash('sha256').update(name).digest('hex')
  const meta = readJson<{ Endpoints?: { docker?: { Host?: string } } }>(
    join(config, 'contexts/meta', id, 'meta.json'),
  )
  const host = meta?.Endpoints?.docker?.Host
  const tls = join(config, 'contexts/tls', id, 'docker')
  return {
    source: `Docker context "${name}"`,
    host: host ?? '(this context has no endpoint)',
    tlsFolder: existsSync(tls) ? tls : null,
    chosen: true,
  }
}

function readJson<T>(path: string): T | null {
  if (!existsSync(path)) return null
  return JSON.parse(readFileSync(path, 'utf8')) as T
}
