import { request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { LoadedScenario } from '../../server/engine/ports/loaded-scenario.ts'
import { bounded } from '../../server/range/bounded.ts'
import { freeSubnets } from '../../server/range/enclave/addresses.ts'
import type { ContainerPlan } from '../../server/range/enclave/deploy-plan.ts'
import { AT_ONCE, containerOptions, networkOptions } from '../../server/range/enclave/execute.ts'
import { planDeploy } from '../../server/range/enclave/plan.ts'
import { removeExercise } from '../../server/range/enclave/sweep.ts'
import { type ContainerEngine, findEngine } from '../../server/range/engine-api/docker.ts'
import { cacheBeside } from '../../server/range/images/base-image.ts'
import { ensureImages, type Images } from '../../server/range/images/images.ts'
import { silent } from '../../server/range/log.ts'
import { openRange } from '../../server/range/range.ts'
import { loadScenario } from '../../server/scenario/load.ts'

/**
 * Deploy of 3 and of 8 enclaves of the demo against the raw engine API: the same networks and containers, as many at a time, until every service answers.
 * A round of eight takes minutes, so there is one. The raw side proves no isolation, applies no host rule and asks the services directly; images are there before. Needs an engine on this machine.
 */
const root = join(import.meta.dirname, '../..')
const infra = join(root, 'infra')
const home = `bench-${process.pid}`
const rounds = (enclaves: number) => (enclaves <= 3 ? 2 : 1)

interface Bench {
  readonly docker: ContainerEngine
  readonly loaded: LoadedScenario
  readonly images: Images
}

export async function bench() {
  const { docker } = await findEngine()
  const loaded = await loadScenario(join(root, 'scenarios/storm-over-meremaa'))
  const services = loaded.range.services
  const images = await ensureImages(docker, { infra, cache: cacheBeside(infra), services }, () => {})
  const rows = []
  for (const enclaves of [3, 8]) {
    const teams = Array.from({ length: enclaves }, (_, index) => `t${index + 1}`)
    const times = { raw: [] as number[], kilp: [] as number[] }
    for (let round = 0; round < rounds(enclaves); round++) {
      times.raw.push(await raw({ docker, loaded, images }, teams))
      times.kilp.push(await kilp({ docker, loaded, images }, teams))
    }
    const against = median(times.raw)
    const value = median(times.kilp)
    const containers = enclaves * (services.length + 1)
    rows.push({
      what: `deploy of ${enclaves} enclaves (${containers} containers), proven isolated and every light check passed`,
      value,
      unit: 's',
      against: `raw engine API, every service answers: ${against.toFixed(1)} s`,
      ratio: value / against,
    })
  }
  return { name: 'Deploy', rows }
}

const median = (values: readonly number[]) => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

async function timed(work: () => Promise<void>, after: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  try {
    await work()
    return (performance.now() - started) / 1000
  } finally {
    await after()
  }
}

function kilp({ docker, loaded }: Bench, teams: readonly string[]): Promise<number> {
  const exerciseId = `bk${process.pid}`
  const range = openRange({ docker, exerciseId, seed: 'bench', spec: loaded.range, home, infra, log: silent })
  const deploy = () =>
    range.deploy(
      teams,
      () => {},
      () => {},
    )
  return timed(deploy, () => range.destroy())
}

function raw({ docker, loaded, images }: Bench, teams: readonly string[]): Promise<number> {
  const exerciseId = `br${process.pid}`
  const create = async () => {
    const plan = planDeploy({
      exerciseId,
      home,
      seed: 'bench',
      teams,
      services: loaded.range.services,
      images: images.tags,
      subnets: freeSubnets('10.202.0.0/16', [], teams.length * 2).subnets,
    })
    await bounded(plan.networks, AT_ONCE, async (network) => {
      // Without our bridge name the host rule does not apply, so this process can ask the services itself.
      const { Options: _, ...options } = networkOptions(network)
      await docker.createNetwork(options)
    })
    const answers: Promise<void>[] = []
    await bounded(plan.containers, AT_ONCE, async (one) => {
      const container = await docker.createContainer(containerOptions(one))
      for (const { network, address } of one.attachments.slice(1))
        await docker
          .getNetwork(network)
          .connect({ Container: container.id, EndpointConfig: { IPAMConfig: { IPv4Address: address } } })
      await container.start()
      if (one.service !== 'probe') answers.push(answered(one))
    })
    await Promise.all(answers)
  }
  return timed(create, () => removeExercise(docker, exerciseId))
}

/** Until the service says that it is healthy, or its database port is open. */
async function answered({ attachments, service, name }: ContainerPlan): Promise<void> {
  const host = attachments[0]?.address ?? ''
  for (let tries = 0; tries < 600; tries++) {
    if (await (service === 'registry-db' ? opens(host, 5432) : healthy(host))) return
    await new Promise((wake) => setTimeout(wake, 250))
  }
  throw new Error(`${name} does not answer`)
}

const opens = (host: string, port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect({ host, port, timeout: 2_000 }, () => resolve(true))
    socket.on('error', () => resolve(false))
    socket.on('timeout', () => socket.destroy(new Error('late')))
    socket.on('connect', () => socket.destroy())
  })

const healthy = (host: string) =>
  new Promise<boolean>((resolve) => {
    const asked = request({ host, path: '/healthz', timeout: 2_000 }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    asked.on('error', () => resolve(false))
    asked.on('timeout', () => asked.destroy(new Error('late')))
    asked.end()
  })
