import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Container, Network } from 'dockerode'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Range } from '../../server/engine/ports/ports.ts'
import { runProgram } from '../../server/range/enclave/program.ts'
import { type ContainerEngine, findEngine } from '../../server/range/engine-api/docker.ts'
import { cacheBeside, ensureBase } from '../../server/range/images/base-image.ts'
import { containerName, LABEL, LABEL_SERVICE, LABEL_TEAM } from '../../server/range/labels.ts'
import { openFakeRange } from '../engine/fake-range.ts'
import { openWorld, type World } from './fixture.ts'

/** OpenSSH's own clients against containers as a team has them. */

const INFRA = join(import.meta.dirname, '../../infra')
const exerciseId = `test-ssh-${process.pid}`
const PAGE = `require('http').createServer((q,a)=>a.end('page of '+process.env.WHO)).listen(80)`
let docker: ContainerEngine
let network: Network
const containers: Container[] = []
let range: Range
let folder: string

beforeAll(async () => {
  docker = (await findEngine()).docker
  const image = await ensureBase(docker, INFRA, cacheBeside(INFRA), () => undefined)
  network = await docker.createNetwork({
    Name: `kilp-${exerciseId}-red-state`,
    Internal: true,
    Labels: { [LABEL]: exerciseId },
  })
  for (const [team, service] of [
    ['red', 'tax'],
    ['red', 'eid'],
    ['sea', 'eid'],
  ] as const) {
    const container = await docker.createContainer({
      name: containerName(exerciseId, team, service),
      Image: image,
      Labels: { [LABEL]: exerciseId, [LABEL_TEAM]: team, [LABEL_SERVICE]: service },
      Env: [`WHO=${team}/${service}`],
      Cmd: ['node', '-e', PAGE],
      HostConfig: { NetworkMode: team === 'red' ? network.id : 'none', Init: true },
    })
    containers.push(container)
    await container.start()
  }
  range = {
    ...openFakeRange().range,
    runProgram: (team, service, use, screen) =>
      runProgram(docker, { exerciseId, team, service }, use, screen),
  }
  folder = await mkdtemp(join(tmpdir(), 'kilp-ssh-'))
})
afterAll(async () => {
  for (const container of containers) await container.remove({ force: true })
  await network?.remove()
})

const world = () => openWorld({ range, live: { ssh: { port: 0, keyFile: join(folder, 'host-key') } } })

/** Runs one of OpenSSH's clients, which asks a program for the password. */
async function client(of: World, program: 'ssh' | 'scp' | 'sftp', args: readonly string[], input?: Buffer) {
  const ask = join(folder, 'ask')
  await writeFile(ask, `#!/bin/sh\necho '${of.token('blue-red')}'\n`)
  await chmod(ask, 0o700)
  const port = String(of.live.ssh?.port)
  const child = spawn(
    program,
    [
      ...[program === 'ssh' ? '-p' : '-P', port, '-F', 'none', '-oStrictHostKeyChecking=no'],
      ...['-oUserKnownHostsFile=/dev/null', '-oLogLevel=ERROR', '-oNumberOfPasswordPrompts=1', ...args],
    ],
    { env: { ...process.env, SSH_ASKPASS: ask, SSH_ASKPASS_REQUIRE: 'force', DISPLAY: ':0' } },
  )
  const out: Buffer[] = []
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk
  })
  child.stdin.on('error', () => undefined)
  if (input) child.stdin.end(input)
  const done = once(child, 'close').then(([status]) => ({
    status: status as number,
    out: Buffer.concat(out),
    err,
  }))
  return { child, done, said: () => Buffer.concat(out).toString() }
}
const run = async (...args: Parameters<typeof client>) => (await client(...args)).done

it('runs commands with exit status, stdin to its end, and a shell on a screen of its size', async () => {
  const here = await world()
  const bytes = randomBytes(3_000_000)
  const copied = await run(here, 'ssh', ['red+tax@127.0.0.1', 'cat; id -un >&2; exit 9'], bytes)
  expect(copied).toMatchObject({ status: 9, err: 'root\n' })
  expect(copied.out.equals(bytes)).toBe(true)
  const shell = await client(here, 'ssh', ['-tt', 'red+tax@127.0.0.1'])
  shell.child.stdin.write('echo $((6*7)) $TERM; tty; exit 5\n')
  expect((await shell.done).status).toBe(5)
  expect(shell.said()).toMatch(/42 \S+\r?\n\/dev\/pts/)
  await expect.poll(() => here.engine.state().teams[0]?.terminals).toEqual([])
})

it('takes what is left running with it when the client is gone, and brings signals', async () => {
  const here = await world()
  const running = await client(here, 'ssh', ['red+tax@127.0.0.1', 'echo begun; sleep 4321'])
  await expect.poll(running.said).toContain('begun')
  running.child.kill('SIGKILL')
  const count = async () =>
    (await run(here, 'ssh', ['red+tax@127.0.0.1', 'pgrep -fc "^sleep 432[1]"; true'])).out.toString().trim()
  await expect.poll(count, { timeout: 15_000 }).toBe('0')
})

it('copies files there and back, and lists them', async () => {
  const here = await world()
  const bytes = randomBytes(2_000_000)
  const [from, back] = [join(folder, 'there'), join(folder, 'back')]
  await writeFile(from, bytes)
  expect(await run(here, 'scp', [from, 'red+tax@127.0.0.1:/srv/app/there'])).toMatchObject({
    status: 0,
    err: '',
  })
  expect((await run(here, 'scp', ['red+tax@127.0.0.1:/srv/app/there', back])).status).toBe(0)
  expect((await readFile(back)).equals(bytes)).toBe(true)
  const listed = await run(
    here,
    'sftp',
    ['-oBatchMode=no', '-b', '-', 'red+tax@127.0.0.1'],
    Buffer.from('ls -l /srv/app\n'),
  )
  expect(listed.out.toString()).toMatch(/2000000 .*there/)
})

it('forwards to services of the own enclave, by the engine’s names, and to nothing else', async () => {
  const here = await world()
  // Whoever is root in there may call any address by a service's name.
  await run(here, 'ssh', ['red+tax@127.0.0.1', 'echo 127.0.0.1 eid >> /etc/hosts'])
  const free = async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    server.close()
    return port
  }
  const port = await free()
  const gateway = (await network.inspect()).IPAM?.Config?.[0]?.Gateway ?? ''
  const tunnel = await client(here, 'ssh', ['-N', '-D', `127.0.0.1:${port}`, 'red+tax@127.0.0.1'])
  const page = async (host: string) => {
    const curl = spawn('curl', ['-s', '-m', '5', '--socks5-hostname', `127.0.0.1:${port}`, `http://${host}/`])
    let text = ''
    curl.stdout.on('data', (chunk) => {
      text += chunk
    })
    await once(curl, 'close')
    return text
  }
  await expect.poll(() => page('tax')).toBe('page of red/tax')
  expect(await page('localhost')).toBe('page of red/tax')
  expect(await page('eid')).toBe('page of red/eid')
  const address = Object.values((await containers[1]?.inspect())?.NetworkSettings.Networks ?? {})[0]
    ?.IPAddress
  expect(await page(address ?? '')).toBe('page of red/eid')
  for (const far of [gateway, '172.17.0.1', '127.0.0.2', '169.254.169.254', 'example.org'])
    expect(await page(far)).toBe('')
  tunnel.child.kill()
  await tunnel.done
  const reverse = await run(here, 'ssh', [
    '-oExitOnForwardFailure=yes',
    '-N',
    '-R',
    '9999:127.0.0.1:1',
    'red+tax@127.0.0.1',
  ])
  expect(reverse.status).toBe(255)
})
