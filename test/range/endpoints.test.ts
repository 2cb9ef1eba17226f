import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { findEngine } from '../../server/range/engine-api/docker.ts'
import { endpoints } from '../../server/range/engine-api/endpoints.ts'

const home = mkdtempSync(join(tmpdir(), 'kilp-home-'))
afterAll(() => rmSync(home, { recursive: true }))

describe('where an engine is looked for', () => {
  test('DOCKER_HOST before all else, and alone', () => {
    expect(endpoints({ DOCKER_HOST: 'tcp://10.0.0.7:2376', DOCKER_CERT_PATH: '/c' }, home)).toEqual([
      { source: 'DOCKER_HOST', host: 'tcp://10.0.0.7:2376', tlsFolder: '/c', chosen: true },
    ])
  })
  test('then the current context, with its certificates', () => {
    const id = createHash('sha256').update('far').digest('hex')
    const meta = join(home, '.docker/contexts/meta', id)
    const tls = join(home, '.docker/contexts/tls', id, 'docker')
    mkdirSync(meta, { recursive: true })
    mkdirSync(tls, { recursive: true })
    writeFileSync(join(home, '.docker/config.json'), JSON.stringify({ currentContext: 'far' }))
    writeFileSync(
      join(meta, 'meta.json'),
      JSON.stringify({ Endpoints: { docker: { Host: 'tcp://far:2376' } } }),
    )
    const far = { source: 'Docker context "far"', host: 'tcp://far:2376', tlsFolder: tls, chosen: true }
    expect(endpoints({}, home)).toEqual([far])
    expect(endpoints({ DOCKER_CONTEXT: 'default' }, home)[0]?.host).toBe('unix:///var/run/docker.sock')
  })
  test('then the usual sockets', () => {
    const hosts = endpoints({ XDG_RUNTIME_DIR: '/run/user/1' }, '/nowhere').map((one) => one.host)
    expect(hosts.slice(0, 3)).toEqual([
      'unix:///var/run/docker.sock',
      'unix:///nowhere/.docker/run/docker.sock',
      'unix:///run/user/1/docker.sock',
    ])
  })
})

describe('an engine that does not answer', () => {
  test('is named with its address, the reason and what to do', async () => {
    const failure = findEngine({ DOCKER_HOST: 'unix:///nowhere/docker.sock' })
    await expect(failure).rejects.toThrow(/DOCKER_HOST unix:\/\/\/nowhere\/docker\.sock: .*ENOENT/)
    await expect(failure).rejects.toThrow(/named by DOCKER_HOST.*Start it, or name another/)
  })
  test('that only looks like Docker’s is refused in one sentence: its networks can not be closed', async () => {
    const socket = join(home, 'podman.sock')
    // What podman 4.3.1 says of itself.
    const version = {
      Version: '4.3.1',
      ApiVersion: '1.41',
      Os: 'linux',
      Components: [
        { Name: 'Podman Engine', Version: '4.3.1' },
        { Name: 'Conmon', Version: 'conmon version 2.1.6, commit: unknown' },
      ],
    }
    const server = createServer((_, response) => response.end(JSON.stringify(version)))
    await new Promise<void>((ready) => server.listen(socket, ready))
    try {
      await expect(findEngine({ DOCKER_HOST: `unix://${socket}` })).rejects.toThrow(
        /is Podman 4\.3\.1, which does not name bridges as asked.*Kilp needs Docker Engine/,
      )
    } finally {
      server.close()
    }
  })
})
