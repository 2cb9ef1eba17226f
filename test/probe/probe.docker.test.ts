import { generateKeyPairSync } from 'node:crypto'
import { join } from 'node:path'
import { type Duplex, PassThrough } from 'node:stream'
import type { Container, Network } from 'dockerode'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ContainerEngine, findEngine } from '../../server/range/engine-api/docker.ts'
import { execIn } from '../../server/range/engine-api/exec.ts'
import { cacheBeside } from '../../server/range/images/base-image.ts'
import { ensureImages } from '../../server/range/images/images.ts'
import { type ProbeLine, probeLine } from '../kit/probe-line.ts'
import { type PostgresContainer, startPostgres } from '../store/postgres-container.ts'
import { get, probeHere } from './probe-here.ts'

const INFRA = join(import.meta.dirname, '../../infra')
const name = `kilp-test-probe-${process.pid}`
const Labels = { kilp: name }
const HOSTS = [21, 22, 23, 24, 25, 26]
/** Answers with the caller's address. */
const SITE = `require('http').createServer((q, r) => r.end(q.socket.remoteAddress + ' ' + q.headers['user-agent'])).listen(80, '::')`

let docker: ContainerEngine
let network: Network
let postgres: PostgresContainer
let line: ProbeLine
let prefix: string
const containers: Container[] = []

beforeAll(async () => {
  docker = (await findEngine()).docker
  const images = await ensureImages(
    docker,
    { infra: INFRA, cache: cacheBeside(INFRA), services: [] },
    () => {},
  )
  network = await docker.createNetwork({ Name: name, Internal: true, Labels })
  const subnet = (await network.inspect()).IPAM?.Config?.[0]?.Subnet ?? ''
  prefix = subnet.split('.').slice(0, 3).join('.')
  const site = await docker.createContainer({
    name: `${name}-site`,
    Image: images.base,
    Labels,
    Cmd: ['node', '-e', SITE],
    NetworkingConfig: { EndpointsConfig: { [name]: { Aliases: ['tax'] } } },
    HostConfig: { NetworkMode: name },
  })
  containers.push(site)
  await site.start()
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const probe = await docker.createContainer({
    name: `${name}-probe`,
    Image: images.tags.probe ?? '',
    Labels,
    OpenStdin: true,
    Env: [
      'KILP_SEED=test',
      `KILP_NETWORKS=${subnet}`,
      `KILP_ADDRESSES=${HOSTS.map((host) => `${prefix}.${host}/${subnet.split('/')[1]}`).join(',')}`,
      `CARD_CA_KEY=${Buffer.from(key).toString('base64')}`,
    ],
    HostConfig: {
      NetworkMode: name,
      CapDrop: ['ALL'],
      CapAdd: ['NET_ADMIN'],
      SecurityOpt: ['no-new-privileges'],
      Memory: 192 * 1024 * 1024,
      PidsLimit: 64,
    },
  })
  containers.push(probe)
  const stream = await probe.attach({ stream: true, stdin: true, stdout: true, stderr: true, hijack: true })
  const stdout = new PassThrough()
  docker.modem.demuxStream(stream, stdout, process.stderr)
  line = probeLine(stream as Duplex, stdout)
  await probe.start()
  postgres = await startPostgres()
})
afterAll(async () => {
  await Promise.all(containers.map((container) => container.remove({ force: true })))
  await network?.remove()
  await postgres?.stop()
})

describe('the probe in its container', () => {
  test('has its addresses, and citizens and attackers come from all of them', async () => {
    const { addresses } = await line.ready
    expect(addresses).toEqual(HOSTS.map((host) => `${prefix}.${host}`))
    const from = new Set<string>()
    const agents = new Set<string>()
    for (let i = 0; i < 60; i++) {
      const result = await line.run({
        seed: `run ${i}`,
        script: {
          steps: [
            get('http://tax/', {
              actor: i % 2 ? 'citizen' : 'attacker',
              expect: { status: [200] },
              capture: { seen: { body: true } },
              remember: ['seen'],
            }),
          ],
        },
      })
      expect(result).toMatchObject({ outcome: 'pass', verdict: 'up' })
      const [address = '', ...agent] = (result.remember.seen ?? '').split(' ')
      from.add(address.replace('::ffff:', ''))
      agents.add(agent.join(' '))
    }
    expect([...from].toSorted()).toEqual(addresses)
    expect(agents.size).toBeGreaterThan(3)
  })

  test('refuses the way out, and finds a stopped service down', async () => {
    const refused = await line.run({ script: { steps: [get('http://192.0.2.1/')] } })
    expect(refused).toMatchObject({ outcome: 'fault', verdict: 'unknown' })
    await containers[0]?.stop({ t: 0 })
    const down = await line.run({ script: { steps: [get('http://tax/', { deadlineMs: 3_000 })] } })
    expect(down).toMatchObject({ outcome: 'fail', verdict: 'down' })
  })

  test('is process 1, starts quickly again and ends at once when told', async () => {
    const probe = containers[1] as Container
    const { stdout } = await execIn(docker, {
      container: probe.id,
      command: ['cat', '/proc/1/comm'],
      deadlineMs: 5_000,
    })
    expect(stdout.trim()).toMatch(/^(node|MainThread)$/)
    const since = performance.now()
    await probe.stop({ t: 60 })
    expect(performance.now() - since).toBeLessThan(40_000)
  })
})

describe('a step in a real database', () => {
  const sql = (query: string, params: readonly string[], password = "it's / s3cret") => {
    const { host } = new URL(postgres.url)
    return { sql: { host, database: 'kilp', user: 'kilp', password, query, params }, deadlineMs: 3_000 }
  }

  test('gives rows as JSON', async () => {
    const step = {
      ...sql('select $1::text as a, 2 as b, now() as c union all select $2, 3, now()', [
        "O'Connor",
        '{{canary}}',
      ]),
      expect: { json: { '$.length': 2, '$[0].a': "O'Connor", '$[1].a': 'proof', '$[1].b': 3 } },
      capture: { when: { json: '$[0].c' } },
      remember: ['when'],
    }
    const result = await probeHere().run({ vars: { canary: 'proof' }, script: { steps: [step] } })
    expect(result).toMatchObject({ outcome: 'pass' })
    expect(result.remember.when).toMatch(/^\d{4}-.*Z$/)
    expect(result.evidence?.received).toContain('proof')
  })

  test('is broken by a wrong password or a mistake, and down when it hangs; no password is told', async () => {
    const tried = async (step: object) => probeHere().run({ script: { steps: [step as never] } })
    const wrong = await tried(sql('select 1', [], 'top-secret'))
    expect(wrong).toMatchObject({ outcome: 'fail', verdict: 'broken' })
    expect(wrong.evidence?.received).toContain('28P01')
    expect(JSON.stringify(wrong)).not.toContain('top-secret')
    expect(await tried(sql('select x', []))).toMatchObject({ outcome: 'fail', verdict: 'broken' })
    const hangs = await tried({ ...sql('select pg_sleep(9)', []), deadlineMs: 300 })
    expect(hangs).toMatchObject({ outcome: 'fail', verdict: 'down' })
    const flood = await tried(sql("select repeat('x', 1000000) from generate_series(1, 500)", []))
    expect(flood).toMatchObject({ outcome: 'fail', verdict: 'broken' })
    expect(flood.evidence?.received).toContain('more than 131072 bytes')
  })
})
