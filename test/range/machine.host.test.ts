import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ContainerEngine } from '../../server/range/engine-api/docker.ts'
import { MACHINE_SETTINGS, runHelper } from '../../server/range/engine-api/helper.ts'
import { ensureBase } from '../../server/range/images/base-image.ts'
import { kernelSettings, raiseSettings } from '../../server/range/machine/limits.ts'
import { lookAtMachine } from '../../server/range/machine/look.ts'
import { clearUp, engine, home, openFixture } from './fixtures/open.ts'
import { fixtureSpec, infra } from './fixtures/spec.ts'

const exerciseId = `mt${process.pid}`
let docker: ContainerEngine
let where: { image: string; exerciseId: string; home: string }

beforeAll(async () => {
  docker = await engine()
  where = { image: await ensureBase(docker, infra, '/nowhere', () => {}), exerciseId, home }
})
afterAll(() => clearUp(docker))

const onHost = (command: string, settings = false) =>
  runHelper(docker, {
    ...where,
    network: 'host',
    purpose: 'test',
    command: ['sh', '-c', command],
    settings,
    capabilities: ['NET_ADMIN'],
  })
/** As a VPN would, for as long as `work` takes. */
async function withRoute<T>(cidr: string, work: () => Promise<T>): Promise<T> {
  expect(await onHost(`ip route add ${cidr} dev lo && echo there`)).toEqual(['there'])
  try {
    return await work()
  } finally {
    await onHost(`ip route del ${cidr} dev lo`)
  }
}
const asks = { infra, home, enclaves: 2, inEnclave: 17 }

describe('routes of the engine’s machine', () => {
  test('enclaves keep off a network that a VPN leads to', async () => {
    const free = (await lookAtMachine(docker, asks)).inside?.subnets[0] ?? ''
    const range = openFixture(docker, exerciseId, fixtureSpec())
    const subnets = await withRoute(free, async () => {
      await range.deploy(
        ['est'],
        () => {},
        () => {},
      )
      const networks = await docker.listNetworks({ filters: { label: [`kilp=${exerciseId}`] } })
      return networks.map(({ IPAM }) => IPAM?.Config?.[0]?.Subnet)
    }).finally(() => range.destroy())
    // Two of the enclave, and that of the reference.
    expect(subnets).toHaveLength(3)
    expect(subnets).not.toContain(free)
  })
  test('a VPN that has the whole pool sends them to the next one; a named pool is refused with who has it', async () => {
    await withRoute('10.201.0.0/16', async () => {
      const { inside } = await lookAtMachine(docker, asks)
      // The next one, or the one after it where the engine's own default networks fill that.
      expect(inside?.subnets[0]).toMatch(/^(172\.29|192\.168)\./)
      expect(inside?.passed[0]).toContain('10.201.0.0/16 (route over lo)')
      await expect(lookAtMachine(docker, { ...asks, pool: '10.201.128.0/17' })).rejects.toThrow(
        /10\.201\.128\.0\/17 has 0 free networks.*taken: 10\.201\.0\.0\/16 \(route over lo\).*KILP_POOL/,
      )
    })
  })
})

describe('kernel limits of the engine’s machine', () => {
  const setting = 'net.ipv4.neigh.default.gc_thresh1'
  test('are raised to what is needed, and never lowered', async () => {
    const is = (await kernelSettings(docker, where)).has[setting] ?? 0
    expect(is).toBeGreaterThan(0)
    try {
      expect(await raiseSettings(docker, where, [{ setting, is, needs: is + 1 }])).toEqual([])
      expect((await kernelSettings(docker, where)).has[setting]).toBe(is + 1)
      expect(await raiseSettings(docker, where, [{ setting, is: 1, needs: 2 }])).toEqual([])
      expect((await kernelSettings(docker, where)).has[setting]).toBe(is + 1)
    } finally {
      await onHost(`echo ${is} > ${MACHINE_SETTINGS}/${setting.replaceAll('.', '/')}`, true)
    }
  })
  test('that can not be raised are named', async () => {
    const impossible = { setting: 'kernel.pid_max', is: 1, needs: 2 ** 40 } as const
    expect(await raiseSettings(docker, where, [impossible])).toEqual([impossible])
  })
})
