import { describe, expect, test } from 'vitest'
import { planDeploy } from '../../server/range/enclave/plan.ts'
import { judge, type Look } from '../../server/range/isolation/isolation-verdict.ts'
import { type Target, targetsOf } from '../../server/range/isolation/targets.ts'
import { fixtureSpec } from './fixtures/spec.ts'

const plan = planDeploy({
  exerciseId: 'x1',
  home: 'h',
  seed: 's',
  teams: ['est', 'lva'],
  services: fixtureSpec().services,
  images: { desk: 'd', store: 's', probe: 'p' },
  subnets: ['10.201.0.0/24', '10.201.1.0/24', '10.201.2.0/24', '10.201.3.0/24'],
})
const listeners = {
  host: { port: 4000, addresses: ['10.201.0.1', '192.168.1.5'] },
  beyond: { port: 5000, addresses: ['172.17.0.9'] },
  strangers: [{ name: 'x2/fin/desk', address: '10.201.9.7' }],
}
const targets = targetsOf(plan, 'est', listeners)
const look = (got: (target: Target) => string, change: Partial<Look> = {}): Look => ({
  results: targets.map((target) => ({ ...target, got: got(target) })),
  defaultRoutes: [],
  global6: [],
  sockets: [],
  ...change,
})
const silent = (target: Target) => (target.kind === 'own' ? 'ECONNREFUSED' : 'silence')
const broken = (seen: Look) => judge('probe', seen, ['10.201.0.1']).filter((check) => !check.ok)

describe('isolation proof', () => {
  test('tries the host and beyond by TCP and UDP, every container of other enclaves, of other exercises too, and its own', () => {
    const count = (kind: Target['kind']) => targets.filter((target) => target.kind === kind).length
    expect([count('host'), count('beyond'), count('other'), count('own')]).toEqual([4, 2, 6, 5])
    expect(targets.some((target) => target.kind === 'host' && target.udp)).toBe(true)
  })
  test('holds when only the own enclave answers', () => {
    expect(broken(look(silent))).toEqual([])
  })
  test.each([
    ['host', 'the host out of reach'],
    ['beyond', 'what lies beyond the host out of reach'],
    ['other', 'other enclaves out of reach'],
  ] as const)('fails when %s answers, even with a refusal', (kind, name) => {
    for (const answer of ['connected', 'ECONNREFUSED', 'ECONNRESET']) {
      const checks = broken(look((target) => (target.kind === kind ? answer : silent(target))))
      expect(checks.map((check) => check.name)).toEqual([`probe: ${name}`])
      expect(checks[0]?.detail).toContain(answer)
    }
  })
  test('fails when the own enclave is silent: then silence elsewhere proves nothing', () => {
    expect(broken(look(() => 'silence')).map((check) => check.name)).toEqual(['probe: own enclave in reach'])
  })
  test('fails when nothing was tried', () => {
    expect(broken({ ...look(silent), results: [] }).map((check) => check.name)).toEqual([
      'probe: the host out of reach',
      'probe: what lies beyond the host out of reach',
    ])
  })
  test.each([
    ['a strange default route', { defaultRoutes: ['10.201.9.1'] }, 'routes'],
    ['an IPv6 address', { global6: ['fe80:: on eth0'] }, 'no IPv6'],
    ['an engine socket', { sockets: ['/var/run/docker.sock'] }, 'no engine socket'],
  ])('fails with %s', (_, change, name) => {
    expect(broken(look(silent, change)).map((check) => check.name)).toEqual([`probe: ${name}`])
  })
  test('an old engine’s default route to the own gateway is named and allowed', () => {
    const checks = judge('probe', look(silent, { defaultRoutes: ['10.201.0.1'] }), ['10.201.0.1'])
    expect(checks.every((check) => check.ok)).toBe(true)
    expect(checks.find((check) => check.name.endsWith('routes'))?.detail).toContain('own gateway')
  })
})
