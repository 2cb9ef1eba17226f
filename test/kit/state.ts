import { randomBytes } from 'node:crypto'
import dns from 'node:dns'
import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Container } from 'dockerode'
import { parse } from 'yaml'
import { type Nation, nation } from '../../infra/services/kit/nation/nation.ts'
import { fillTemplate, type Secrets, secretsOf } from '../../server/range/enclave/env.ts'
import { ensureImage } from '../../server/range/engine-api/build.ts'
import { folderFiles } from '../../server/range/engine-api/context.ts'
import { findEngine } from '../../server/range/engine-api/docker.ts'
import { execIn } from '../../server/range/engine-api/exec.ts'
import { cacheBeside, ensureBase } from '../../server/range/images/base-image.ts'
import { serviceRecipe } from '../../server/range/images/images.ts'

const INFRA = join(import.meta.dirname, '../../infra')
const SERVICES = join(INFRA, 'services')
const READY_MS = 180_000

/** Clean copies of the state's services, without enclave and probe, so that a stock client in this process can speak with them. */
export interface State {
  readonly services: readonly string[]
  readonly secrets: Secrets
  readonly land: Nation
  /** Runs a command in a service's container, as root. */
  exec(
    service: string,
    command: readonly string[],
  ): Promise<{ exitCode: number; stdout: string; stderr: string }>
  close(): Promise<void>
}

interface ServiceFile {
  readonly id: string
  /** The service whose sources it runs, when they are not its own. */
  readonly sources?: string
  readonly needs: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly memoryMiB: number
  readonly capabilities: readonly string[]
}

export const allServices = (): readonly string[] =>
  readdirSync(SERVICES).filter((id) => existsSync(join(SERVICES, id, 'service.yaml')))

const readService = async (id: string): Promise<ServiceFile> =>
  parse(await readFile(join(SERVICES, id, 'service.yaml'), 'utf8'))

/** The asked services with all that they need, in an order in which they can start. */
async function withNeeds(asked: readonly string[]): Promise<readonly ServiceFile[]> {
  const found = new Map<string, ServiceFile>()
  const visit = async (id: string): Promise<void> => {
    if (found.has(id)) return
    const file = await readService(id)
    for (const need of file.needs) await visit(need)
    found.set(id, file)
  }
  for (const id of asked) await visit(id)
  return [...found.values()]
}

/**
 * Starts clean services in a network of their own and waits until all are healthy. While they run, their names (`http://eid`) mean them in
 * this process. Their addresses must be reachable from here, as they are with an engine on the same Linux machine.
 */
export async function openState(asked: readonly string[]): Promise<State> {
  const { docker } = await findEngine()
  const run = randomBytes(4).toString('hex')
  const secrets = secretsOf(run, run, 'test')
  const files = await withNeeds(asked)
  const services = files.map(({ id }) => id)
  const around = { team: 'test', seed: secrets.seed, services: services.join(',') }
  const labels = { kilp: `test-${run}` }
  const name = `kilp-test-${run}`
  const base = await ensureBase(docker, INFRA, cacheBeside(INFRA), () => undefined)
  const kit = await folderFiles(join(SERVICES, 'kit'), 'kit', () => false)
  const network = await docker.createNetwork({ Name: name, Labels: labels })
  const containers = new Map<string, Container>()
  const addresses = new Map<string, string>()
  const lookup = dns.lookup
  const exec: State['exec'] = (service, command) =>
    execIn(docker, { container: `${name}-${service}`, command: [...command], deadlineMs: 20_000 })

  const close = async () => {
    dns.lookup = lookup
    for (const container of containers.values()) await container.remove({ force: true, v: true })
    await network.remove()
  }
  const start = async (file: ServiceFile) => {
    const recipe = await serviceRecipe(
      { ...file, folder: join(SERVICES, file.sources ?? file.id), plants: [] } as never,
      kit,
      base,
    )
    await ensureImage(docker, recipe, () => undefined)
    const env = Object.entries(file.env).map(
      ([key, value]) => `${key}=${fillTemplate(value, around, secrets)}`,
    )
    const container = await docker.createContainer({
      Image: recipe.tag,
      name: `${name}-${file.id}`,
      Labels: labels,
      Env: [...env, 'KILP_TEAM=test', `KILP_SEED=${secrets.seed}`, `KILP_SERVICE=${file.id}`],
      HostConfig: {
        Memory: file.memoryMiB * 1024 * 1024,
        NetworkMode: name,
        CapDrop: ['ALL'],
        CapAdd: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'KILL', 'SETGID', 'SETUID', ...file.capabilities],
        SecurityOpt: ['no-new-privileges'],
      },
      NetworkingConfig: { EndpointsConfig: { [name]: { Aliases: [file.id] } } },
    })
    containers.set(file.id, container)
    await container.start()
    const { NetworkSettings } = await container.inspect()
    addresses.set(file.id, NetworkSettings.Networks[name]?.IPAddress ?? '')
  }
  const healthy = async (id: string): Promise<boolean> => {
    if (id === 'registry-db') return (await exec(id, ['pg_isready', '-q', '-d', 'nation'])).exitCode === 0
    const answer = await fetch(`http://${addresses.get(id)}/healthz`).catch(() => null)
    return answer?.ok ?? false
  }

  try {
    for (const file of files) await start(file)
    const end = performance.now() + READY_MS
    for (const id of services)
      while (!(await healthy(id))) {
        if (performance.now() > end)
          throw new Error(
            `${id} does not get ready: ${(await exec(id, ['tail', '-20', '/var/log/app/current'])).stdout}`,
          )
        await new Promise((wake) => setTimeout(wake, 200))
      }
    dns.lookup = named(addresses, lookup)
    return { services, secrets, land: nation(secrets.seed), exec, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** The machine's own lookup, which knows besides where the services are. */
function named(addresses: ReadonlyMap<string, string>, lookup: typeof dns.lookup): typeof dns.lookup {
  const own = (host: string, options: unknown, callback?: unknown) => {
    const address = addresses.get(host)
    if (!address) return Reflect.apply(lookup, dns, callback ? [host, options, callback] : [host, options])
    const answer = (callback ?? options) as (...found: unknown[]) => void
    const all = typeof options === 'object' && options !== null && Reflect.get(options, 'all') === true
    process.nextTick(() => (all ? answer(null, [{ address, family: 4 }]) : answer(null, address, 4)))
  }
  return Object.assign(own, { __promisify__: lookup.__promisify__ }) as typeof dns.lookup
}
