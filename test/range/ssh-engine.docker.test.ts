import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type ContainerEngine, findEngine } from '../../server/range/engine-api/docker.ts'
import { runHelper } from '../../server/range/engine-api/helper.ts'
import { ensureBase } from '../../server/range/images/base-image.ts'
import { clearUp, engine, home, until } from './fixtures/open.ts'
import { infra } from './fixtures/spec.ts'

/**
 * A machine with an engine behind SSH: a container with a real SSH server on the loopback, the engine's socket, and a `docker` that knows what Docker's does
 * with `system dial-stdio`. The alias, port and key are only in an SSH configuration.
 */
const folder = mkdtempSync(join(tmpdir(), 'kilp-ssh-test-'))
const name = `kilp-ssh-test-${process.pid}`
const port = 20_000 + (process.pid % 10_000)
let docker: ContainerEngine
let image: string

beforeAll(async () => {
  docker = await engine()
  image = await ensureBase(docker, infra, '/nowhere', () => {})
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, 'key')])
  const key = readFileSync(join(folder, 'key.pub'), 'utf8').trim()
  const setUp = [
    `printf '#!/bin/sh\\nexec nc -U /var/run/docker.sock\\n' > /usr/local/bin/docker`,
    'chmod 755 /usr/local/bin/docker',
    `echo '${key}' > /root/.ssh/authorized_keys`,
    'dropbearkey -t ed25519 -f /tmp/host',
    `exec dropbear -F -E -r /tmp/host -p 127.0.0.1:${port}`,
  ]
  const container = await docker.createContainer({
    name,
    Image: image,
    Cmd: ['sh', '-c', setUp.join(' && ')],
    Labels: { kilp: name, 'kilp.home': home },
    HostConfig: { NetworkMode: 'host', Binds: ['/var/run/docker.sock:/var/run/docker.sock'] },
  })
  await container.start()
  writeFileSync(
    join(folder, 'config'),
    `Host kilp-far
  HostName 127.0.0.1
  Port ${port}
  User root
  IdentityFile ${folder}/key
  IdentitiesOnly yes
  UserKnownHostsFile ${folder}/known
  StrictHostKeyChecking accept-new
`,
  )
  // The real ssh, with this configuration for the user's.
  const real = execFileSync('sh', ['-c', 'command -v ssh'], { encoding: 'utf8' }).trim()
  writeFileSync(join(folder, 'ssh'), `#!/bin/sh\nexec ${real} -F ${folder}/config "$@"\n`)
  chmodSync(join(folder, 'ssh'), 0o755)
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env.PATH}`)
  const answers = () => {
    try {
      execFileSync('ssh', ['kilp-far', 'true'], { stdio: 'ignore' })
      return true
    } catch {
      return undefined
    }
  }
  expect(await until(20_000, answers)).toBe(true)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await clearUp(docker)
  rmSync(folder, { recursive: true })
})

test('an alias of the SSH configuration leads to its engine, with streams in both directions', async () => {
  const far = await findEngine({ DOCKER_HOST: 'ssh://kilp-far' })
  expect(far.version).toBe((await docker.version()).Version)
  const where = { image, exerciseId: name, home, purpose: 'test', network: 'none' as const }
  const said = await Promise.all(
    ['one', 'two', 'three'].map((word) =>
      runHelper(far.docker, { ...where, command: ['sh', '-c', `echo ${word}; seq 1 20000 | tail -1`] }),
    ),
  )
  expect(said).toEqual([
    ['one', '20000'],
    ['two', '20000'],
    ['three', '20000'],
  ])
})

test('a host that does not let us in says why, and what must work', async () => {
  const failure = findEngine({ DOCKER_HOST: `ssh://nobody@kilp-far` })
  await expect(failure).rejects.toThrow(/DOCKER_HOST ssh:\/\/nobody@kilp-far: .*Permission denied/)
  await expect(failure).rejects.toThrow(/`ssh nobody@kilp-far docker version` must answer/)
  await expect(failure).rejects.not.toThrow(/Install Docker/)
})
