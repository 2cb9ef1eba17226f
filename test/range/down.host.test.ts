import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ContainerEngine } from '../../server/range/engine-api/docker.ts'
import { runHelper } from '../../server/range/engine-api/helper.ts'
import { ensureBase } from '../../server/range/images/base-image.ts'
import { ensureHostRules } from '../../server/range/isolation/guard.ts'
import { RULES } from '../../server/range/isolation/host-rules.ts'
import { homeOf, LABEL_HELPER, LABEL_OWNER } from '../../server/range/labels.ts'
import { dataFolder, runKilp } from '../platform/kilp-process.ts'
import { clearUp, engine, home } from './fixtures/open.ts'
import { infra } from './fixtures/spec.ts'

/** What two installations have on one engine; `kilp down` is that of the first. */
const data = dataFolder()
const mine = homeOf(data.folder)
const name = (whose: string) => `kilp-down-${whose}-${process.pid}`
let docker: ContainerEngine
let image: string

const make = async (whose: string, labels: Readonly<Record<string, string>>) => {
  const all = { kilp: `d${process.pid}${whose}`, ...labels }
  await docker.createNetwork({ Name: name(whose), Labels: all, Internal: true })
  const container = await docker.createContainer({
    name: name(whose),
    Image: image,
    Cmd: ['sleep', '600'],
    Labels: all,
    HostConfig: { NetworkMode: name(whose) },
  })
  await container.start()
}
const there = async (whose: string) => {
  const filters = { name: [name(whose)] }
  const containers = await docker.listContainers({ all: true, filters })
  return containers.length + (await docker.listNetworks({ filters })).length
}
const rule = async () =>
  (
    await runHelper(docker, {
      image,
      exerciseId: 'down-test',
      home,
      purpose: 'test',
      network: 'host',
      command: ['sh', '-c', `iptables -S INPUT 2>/dev/null | grep -c -- "-A ${RULES[0]}"`],
      capabilities: ['NET_ADMIN'],
    })
  )[0]

beforeAll(async () => {
  docker = await engine()
  image = await ensureBase(docker, infra, '/nowhere', () => {})
})
afterAll(async () => {
  await clearUp(docker)
  data.remove()
})

test('down takes what this installation made, its workbenches’ too, leaves another’s enclaves and the rules for them, and says whose they are', async () => {
  await ensureHostRules(docker, { image, exerciseId: 'down-test', home })
  await make('mine', { 'kilp.home': mine })
  await make('bench', { 'kilp.home': `${mine}-prove`, [LABEL_HELPER]: 'guard' })
  await make('theirs', { 'kilp.home': home, [LABEL_OWNER]: 'elsewhere:/srv/kilp' })
  const { code, stderr } = await runKilp(data.folder, ['down'])
  expect(code).toBe(0)
  expect([await there('mine'), await there('bench'), await there('theirs')]).toEqual([0, 0, 2])
  expect(stderr).toContain(`Nothing of ${data.folder} is left on the engine. Others have there, and keep:`)
  expect(stderr).toMatch(/1 containers and 1 networks of elsewhere:\/srv\/kilp, exercise d/)
  expect(stderr).not.toContain('Nothing of Kilp is left')
  expect(await rule()).toBe('1')
})
