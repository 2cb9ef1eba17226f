import { afterEach, expect, test, vi } from 'vitest'
import { ensureImage } from '../../server/range/engine-api/build.ts'
import { textFile } from '../../server/range/engine-api/context.ts'
import { ensureBase } from '../../server/range/images/base-image.ts'
import { engine } from './fixtures/open.ts'
import { infra } from './fixtures/spec.ts'

afterEach(() => vi.unstubAllEnvs())

test('a build gets the proxies of the environment, and the image keeps nothing of them', async () => {
  const docker = await engine()
  const base = await ensureBase(docker, infra, '/nowhere', () => {})
  const tag = `kilp-proxy-test:${process.pid}`
  const proxy = 'http://proxy.invalid:3128'
  vi.stubEnv('HTTP_PROXY', proxy)
  vi.stubEnv('DOCKER_CONFIG', '/nowhere')
  const dockerfile = `ARG BASE\nFROM $BASE\nRUN test "$HTTP_PROXY" = ${proxy.replace('proxy.', 'pro""xy.')} && test "$http_proxy" = "$HTTP_PROXY"\n`
  try {
    await ensureImage(
      docker,
      { tag, source: 'test', files: [textFile('Dockerfile', dockerfile)], args: { BASE: base } },
      () => {},
    )
    const image = docker.getImage(tag)
    expect(JSON.stringify([await image.inspect(), await image.history()])).not.toContain('proxy.invalid')
  } finally {
    await docker.getImage(tag).remove({ force: true })
  }
})
