import { expect, test } from 'vitest'
import { buildProxies } from '../../server/range/engine-api/proxies.ts'

const http = 'http://proxy.example:3128'

test('without any there is no argument', () => {
  expect(buildProxies({}, null)).toEqual({ args: {}, onLoopback: false })
  expect(buildProxies({ HTTP_PROXY: '' }, {})).toEqual({ args: {}, onLoopback: false })
})

test('the environment’s, in either spelling, under both', () => {
  expect(buildProxies({ http_proxy: http, NO_PROXY: 'localhost,.example' }, null).args).toEqual({
    HTTP_PROXY: http,
    http_proxy: http,
    NO_PROXY: 'localhost,.example',
    no_proxy: 'localhost,.example',
  })
})

test('the Docker client’s settings go first, those for this engine before those for all', () => {
  const settings = {
    proxies: {
      default: { httpsProxy: 'http://all:1' },
      'tcp://far:2375': { httpsProxy: 'http://far:2' },
    },
  }
  const env = { HTTPS_PROXY: 'http://env:3' }
  expect(buildProxies(env, settings).args.HTTPS_PROXY).toBe('http://all:1')
  expect(buildProxies({ ...env, DOCKER_HOST: 'tcp://far:2375' }, settings).args.https_proxy).toBe(
    'http://far:2',
  )
})

test.each([
  ['http://127.0.0.1:3128', true],
  ['localhost:3128', true],
  ['http://[::1]:3128', true],
  [http, false],
  ['http://127.example:3128', false],
])('%s on the loopback: %s', (proxy, onLoopback) => {
  expect(buildProxies({ HTTP_PROXY: proxy }, null).onLoopback).toBe(onLoopback)
})
