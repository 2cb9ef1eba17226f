import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RangeSpec } from '../../server/engine/ports/loaded-scenario.ts'
import type { Range } from '../../server/engine/ports/ports.ts'
import type { ContainerEngine } from '../../server/range/engine-api/docker.ts'
import { execIn } from '../../server/range/engine-api/exec.ts'
import { clearUp, engine, openFixture, until } from './fixtures/open.ts'
import { fixtureSpec, httpStep, infra, script, service } from './fixtures/spec.ts'

const exerciseId = `se${process.pid}`
const TEAM = 'est'
const name = (of: string) => `kilp-${exerciseId}-${TEAM}-${of}`
let docker: ContainerEngine
let range: Range

const spec = (): RangeSpec => {
  const { services, journeys, ...rest } = fixtureSpec()
  return {
    ...rest,
    services: [
      ...services,
      service('soc', {
        folder: join(infra, 'services/soc'),
        collector: true,
        env: { SOC_TOKEN: '{{secret:soc}}' },
        readyWithinMs: 60_000,
      }),
    ],
    journeys: {
      ...journeys,
      'soc/alive': script([httpStep('GET', 'http://soc/healthz', { status: [200] })]),
    },
  }
}
const inside = (of: string, command: string) =>
  execIn(docker, { container: name(of), command: ['sh', '-c', command], deadlineMs: 40_000 })
const found = (q: string, of = /./, ms = 30_000) =>
  until(ms, async () => {
    const all = (await lines(q)).filter((line) => of.test(line))
    return all.length > 0 ? all : undefined
  })
const lines = async (q: string) =>
  (await range.searchLogs(TEAM, { q, service: 'sensor', limit: 100 }))?.lines.map(({ line }) => line) ?? []

beforeAll(async () => {
  docker = await engine()
  range = openFixture(docker, exerciseId, spec())
  await range.deploy(
    [TEAM],
    () => {},
    () => {},
  )
  await found('[sensor] state')
})
afterAll(async () => {
  await range?.destroy()
  const left = await docker.listContainers({ all: true, filters: { label: [`kilp=${exerciseId}`] } })
  await clearUp(docker)
  expect(left.map(({ Names }) => Names)).toEqual([])
})

test('what the probe asks of a service, and one service of another, stands in the team’s logs', async () => {
  expect((await range.runJourney(TEAM, 'desk', 'read')).verdict).toBe('up')
  const [asked = ''] = (await found('[http] path=/note status=200')) ?? []
  // From one of the probe's addresses, which has no name; what opens something is left out.
  expect(asked).toMatch(
    /^\[http\] from=[\d.]+:\d+ to=[\d.]+:80 server=desk GET host=desk path=\/note\?key=\.\.\. status=200 ms=\d+$/,
  )
  const [between = ''] = (await found('[http] client=desk server=store')) ?? []
  expect(between).toContain('GET host=store path=/ status=200')
  // Others come before it: of those who only try whether the port is open. What is kept open for the next question ends later.
  const said = /proto=tcp .* sent=[1-9]\d* received=[1-9]\d* packets=\d+\/\d+$/
  expect(await found('[flow] server=desk state=closed', said)).toBeDefined()
  // The log lines of services are not traffic that tells anybody something: a line of a line of a line.
  expect(await lines('proto=udp :514')).toEqual([])
})

test('TLS between services: the name that was asked for, and the version', async () => {
  const listening = inside(
    'store',
    'cd /tmp && openssl req -x509 -newkey rsa:2048 -nodes -keyout k -out c -days 1 -subj /CN=store 2>/dev/null; timeout 20 openssl s_server -quiet -accept 8443 -key k -cert c',
  )
  const said = await until(10_000, async () => {
    const { stdout } = await inside(
      'desk',
      'echo | timeout 5 openssl s_client -connect store:8443 -servername vault.store.example 2>/dev/null | grep -c "BEGIN CERT"',
    )
    return stdout.trim() === '1' ? true : undefined
  })
  expect(said).toBe(true)
  const [hello = ''] = (await found('[tls] vault.store.example')) ?? []
  expect(hello).toMatch(
    /^\[tls\] from=[\d.]+:\d+ client=desk to=[\d.]+:8443 server=store name=vault.store.example offers=1.3 version=1.3$/,
  )
  await inside('store', 'pkill openssl')
  await listening
})

test('a team that is root in its services sees nothing of the sensor, and has no port of it to speak to', async () => {
  const at = (await docker.getContainer(name('sensor')).inspect()).NetworkSettings.Networks[name('state')]
  const { stdout } = await inside(
    'soc',
    `ps ax | grep -c '[t]cpdump'; for p in 22 80 514; do nc -z -w 2 ${at?.IPAddress} $p && echo open $p; done; true`,
  )
  expect(stdout.trim()).toBe('0')
})

test('the ear is nobody on the engine’s machine, and the sensor has no right at all', async () => {
  const ear = await docker.getContainer(name('sensor-ear')).inspect()
  expect(ear.HostConfig).toMatchObject({
    CapDrop: ['ALL'],
    CapAdd: ['NET_RAW', 'SETGID', 'SETUID', 'KILL'],
    ReadonlyRootfs: true,
    Privileged: false,
    NetworkMode: 'host',
  })
  const who = await inside(
    'sensor-ear',
    'for p in $(pgrep -x tcpdump); do grep CapEff /proc/$p/status; stat -c %U /proc/$p; done',
  )
  expect(who.stdout.replaceAll(/\s+/g, ' ')).toMatch(/^(CapEff: 0{16} tcpdump ){2}$/)
  const sensor = await docker.getContainer(name('sensor')).inspect()
  expect(sensor.HostConfig).toMatchObject({ CapDrop: ['ALL'], ReadonlyRootfs: true, Privileged: false })
  expect(sensor.HostConfig.CapAdd ?? []).toEqual([])
  expect((await inside('sensor', 'id -un; touch /srv/x /tmp/x; ls /srv/x /tmp/x')).stdout.trim()).toBe('app')
})

test('a flood is bounded, and what was not seen is said', async () => {
  const FLOOD = `for (let n = 0; n < 30000; n++) { const d = Buffer.from('flood'); sockets[n % 50].send(d, 9, process.argv[1]) ; if (n % 500 === 0) await new Promise((r) => setTimeout(r, 1)) }`
  const address = (await docker.getContainer(name('store')).inspect()).NetworkSettings.Networks[name('state')]
    ?.IPAddress
  await inside(
    'desk',
    `node --input-type=module -e "import d from 'node:dgram'; const sockets = Array.from({length: 50}, () => d.createSocket('udp4').on('error', () => {})); ${FLOOD}; setTimeout(() => process.exit(0), 300)" ${address}`,
  )
  const [missed = ''] = (await found('[sensor] packets not seen')) ?? []
  expect(Number(/(\d+) packets/.exec(missed)?.[1])).toBeGreaterThan(1_000)
  // And it hears on.
  await range.runJourney(TEAM, 'desk', 'alive')
  expect(await found('[http] server=desk path=/ status=200')).toBeDefined()
})

test('it outlives the platform, and comes back when the engine or a fault ended it', async () => {
  const ids = async () =>
    Promise.all(
      ['sensor', 'sensor-ear'].map(async (of) => (await docker.getContainer(name(of)).inspect()).Id),
    )
  const before = await ids()
  await range.close()
  range = openFixture(docker, exerciseId, spec())
  expect(await range.adopt([TEAM])).toEqual([])
  expect(await ids()).toEqual(before)
  const listening = (await lines('[sensor] listens')).length
  // It says so for each network, whenever it begins to listen.
  const begun = async (times: number) =>
    (await until(60_000, async () =>
      (await lines('[sensor] listens')).length >= listening + 2 * times ? true : undefined,
    )) ?? false
  // One of its two recorders ends: both begin anew.
  await inside('sensor-ear', 'kill -9 $(pgrep -o -x tcpdump)')
  expect(await begun(1)).toBe(true)
  process.kill((await docker.getContainer(name('sensor')).inspect()).State.Pid, 'SIGKILL')
  expect(await begun(2)).toBe(true)
  await inside('desk', 'curl -s http://store/after-the-fault')
  expect(await found('[http] path=/after-the-fault')).toBeDefined()
  await docker.getContainer(name('sensor-ear')).remove({ force: true })
  await docker.getContainer(name('sensor')).stop({ t: 0 })
  await range.close()
  range = openFixture(docker, exerciseId, spec())
  expect(await range.adopt([TEAM])).toEqual([])
  expect(await begun(3)).toBe(true)
  await inside('desk', 'curl -s http://store/after-the-engine')
  expect(await found('[http] path=/after-the-engine')).toBeDefined()
})
