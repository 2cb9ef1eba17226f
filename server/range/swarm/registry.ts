import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { followBuild } from '../engine-api/build.ts'
import type { ContainerEngine } from '../engine-api/docker.ts'
import { reason } from '../log.ts'

/** A container registry that the manager pushes to and the nodes pull from: `registry.example:5000/range`. */
export type Registry = string

/** Name of an image in a registry: `registry.example:5000/range/kilp-tax:1a2b`. */
export const nameIn = (registry: Registry, tag: string): string => `${registry}/${tag}`

/** Pushes an image there. What the registry has of its layers is not sent again. Rejects with the registry's own words. */
export async function pushTo(from: ContainerEngine, registry: Registry, tag: string): Promise<void> {
  const [repo, version] = split(nameIn(registry, tag))
  await from.getImage(tag).tag({ repo, tag: version })
  const image = from.getImage(nameIn(registry, tag))
  await told(`${registry} does not take ${tag}`, from, () => image.push({ authconfig: loginOf(registry) }))
}

/** Pulls it, and gives it the name that it has everywhere. */
export async function pullFrom(to: ContainerEngine, registry: Registry, tag: string): Promise<void> {
  const name = nameIn(registry, tag)
  await told(`${tag} does not come from ${registry}`, to, () =>
    to.pull(name, { authconfig: loginOf(registry) }),
  )
  const [repo, version] = split(tag)
  await to.getImage(name).tag({ repo, tag: version })
}

/** Hears such a transfer to its end. */
async function told(
  what: string,
  docker: ContainerEngine,
  begin: () => Promise<NodeJS.ReadableStream>,
): Promise<void> {
  const failure = await begin()
    .then((stream) => followBuild(docker, stream, () => {}))
    .catch(reason)
  if (failure !== null) throw new Error(`${what}: ${failure}`)
}

/** A host may have a port: the last colon is that of the version. */
const split = (name: string): readonly [string, string] => {
  const at = name.lastIndexOf(':')
  return [name.slice(0, at), name.slice(at + 1)]
}

/** As `docker login` has kept it in the Docker client's own settings; empty where it has not, or where a helper of the system keeps it. The engine wants one in any case. */
function loginOf(registry: Registry) {
  const file = join(process.env.DOCKER_CONFIG ?? join(homedir(), '.docker'), 'config.json')
  if (!existsSync(file)) return {}
  const { auths } = JSON.parse(readFileSync(file, 'utf8')) as {
    auths?: Readonly<Record<string, { auth?: string }>>
  }
  const [host = ''] = registry.split('/')
  const auth = auths?.[host]?.auth
  if (!auth) return {}
  const [username = '', ...password] = Buffer.from(auth, 'base64').toString().split(':')
  return { username, password: password.join(':'), serveraddress: host }
}
