import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

type Env = Readonly<Record<string, string | undefined>>

/** Names of the build arguments, and how the Docker client's own settings call them. The builder knows them and keeps them out of the image. */
const PROXIES = {
  HTTP_PROXY: 'httpProxy',
  HTTPS_PROXY: 'httpsProxy',
  FTP_PROXY: 'ftpProxy',
  NO_PROXY: 'noProxy',
  ALL_PROXY: 'allProxy',
} as const

interface ClientSettings {
  readonly proxies?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

export interface BuildProxies {
  readonly args: Readonly<Record<string, string>>
  /** A proxy on the machine's own loopback is reached only from its own network. */
  readonly onLoopback: boolean
}

/**
 * Pure: the proxies of image builds. As for `docker build`, those of the Docker client's settings for this engine or for all, and where these say nothing
 * the environment's; under both spellings, since programs differ.
 */
export function buildProxies(env: Env, settings: ClientSettings | null): BuildProxies {
  const told = settings?.proxies?.[env.DOCKER_HOST ?? ''] ?? settings?.proxies?.default ?? {}
  const found = Object.entries(PROXIES).flatMap(([name, setting]) => {
    const value = told[setting] ?? env[name] ?? env[name.toLowerCase()]
    return value ? [[name, value] as const] : []
  })
  return {
    args: Object.fromEntries(
      found.flatMap(([name, value]) => [
        [name, value],
        [name.toLowerCase(), value],
      ]),
    ),
    onLoopback: found.some(([name, value]) => name !== 'NO_PROXY' && isLoopback(value)),
  }
}

function isLoopback(proxy: string): boolean {
  const url = URL.parse(proxy.includes('://') ? proxy : `http://${proxy}`)
  return url !== null && /^(localhost|127\.[\d.]+|\[::1\])$/.test(url.hostname)
}

/** Those of this process and user. */
export function ownProxies(env: Env = process.env): BuildProxies {
  const path = join(env.DOCKER_CONFIG ?? join(homedir(), '.docker'), 'config.json')
  return buildProxies(
    env,
    existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as ClientSettings) : null,
  )
}
