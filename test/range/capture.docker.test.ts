import { join } from 'node:path'
import type { Container } from 'dockerode'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { captureTraffic } from '../../server/range/enclave/capture.ts'
import { type ContainerEngine, findEngine } from '../../server/range/engine-api/docker.ts'
import { execIn } from '../../server/range/engine-api/exec.ts'
import { cacheBeside, ensureBase } from '../../server/range/images/base-image.ts'

const INFRA = join(import.meta.dirname, '../../infra')
const exerciseId = `test-capture-${process.pid}`
let docker: ContainerEngine
let image: string
let container: Container
const inside = (script: string) =>
  execIn(docker, { container: container.id, command: ['sh', '-c', script], deadlineMs: 10_000 })

beforeAll(async () => {
  docker = (await findEngine()).docker
  image = await ensureBase(docker, INFRA, cacheBeside(INFRA), () => undefined)
  container = await docker.createContainer({
    name: `kilp-${exerciseId}`,
    Image: image,
    Labels: { kilp: exerciseId },
    Cmd: ['sleep', '300'],
    HostConfig: { NetworkMode: 'none', Init: true },
  })
  await container.start()
})
afterAll(() => container?.remove({ force: true }))

const record = (forMs: number, maxBytes: number) =>
  captureTraffic(docker, { container: container.id, image, exerciseId, home: 'test' }, { forMs, maxBytes })
const helpers = () =>
  docker.listContainers({ all: true, filters: { label: [`kilp=${exerciseId}`, 'kilp.helper=capture'] } })
const TALK = `node -e "const d=require('dgram').createSocket('udp4');let n=0;const t=setInterval(()=>{d.send('seen-from-outside '.repeat(50),9,'127.0.0.1');if(++n>100){clearInterval(t);d.close()}},20)"`

it('hears the container’s traffic from outside, as nobody in particular, and goes', async () => {
  const recording = record(4_000, 1024 * 1024)
  await expect.poll(async () => (await helpers()).length).toBe(1)
  await expect.poll(async () => (await helpers())[0]?.State).toBe('running')
  const [helper] = await helpers()
  const { HostConfig } = await docker.getContainer(helper?.Id ?? '').inspect()
  expect(HostConfig).toMatchObject({
    CapAdd: ['NET_RAW', 'SETGID', 'SETUID'],
    CapDrop: ['ALL'],
    ReadonlyRootfs: true,
    Privileged: false,
  })
  await new Promise((soon) => setTimeout(soon, 500))
  const listening = await execIn(docker, {
    container: helper?.Id ?? '',
    command: [
      'sh',
      '-c',
      'grep CapEff /proc/$(pgrep -x tcpdump)/status; stat -c %U /proc/$(pgrep -x tcpdump)',
    ],
    deadlineMs: 5_000,
  })
  expect(listening.stdout).toMatch(/CapEff:\s+0{16}\s+tcpdump/)
  // Whoever is root in the container sees no process of it, and has none to end.
  await new Promise((soon) => setTimeout(soon, 500))
  const { stdout } = await inside(`${TALK}; pgrep tcpdump | wc -l; pkill -9 tcpdump; true`)
  expect(stdout.trim()).toBe('0')
  const file = await recording
  expect(file.toString('latin1')).toContain('seen-from-outside')
  expect(await helpers()).toEqual([])
})

it('stops at its size, with whole packets', async () => {
  const recording = record(20_000, 20_000)
  await expect.poll(async () => (await helpers())[0]?.State).toBe('running')
  await new Promise((soon) => setTimeout(soon, 500))
  await inside(TALK)
  const file = await recording
  expect(file.length).toBeGreaterThan(10_000)
  expect(file.length).toBeLessThanOrEqual(20_000)
  let at = 24
  while (at < file.length) at += 16 + file.readUInt32LE(at + 8)
  expect(at).toBe(file.length)
})
