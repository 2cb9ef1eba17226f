import { describe, expect, test } from 'vitest'
import { nodeFindings } from '../../server/cli/doctor-swarm.ts'
import { swarmSettings } from '../../server/cli/swarm-settings.ts'
import { UserError } from '../../server/cli/user-error.ts'
import type { NodeLook } from '../../server/range/swarm/look.ts'

describe('on which machines enclaves stand', () => {
  const of = (env: NodeJS.ProcessEnv, asked?: boolean) => swarmSettings(env, '/data', asked)
  test('on that of the engine, unless a Swarm is asked for either way', () => {
    expect([of({}), of({ KILP_RANGE: '' }), of({ KILP_RANGE: 'engine' })]).toEqual([null, null, null])
    expect(of({}, true)).toEqual({ folder: '/data/swarm', port: 4620, registry: null })
    expect(of({ KILP_RANGE: 'swarm', KILP_AGENT_PORT: '7000' })).toEqual({
      folder: '/data/swarm',
      port: 7000,
      registry: null,
    })
  })
  test('and images go through a registry where one is named', () => {
    for (const KILP_REGISTRY of ['127.0.0.1:5000/range', 'reg.example', 'localhost:5000', 'reg:5000/a/b'])
      expect(of({ KILP_REGISTRY }, true)?.registry).toBe(KILP_REGISTRY)
  })
  test.each([
    [{ KILP_RANGE: 'kubernetes' }, 'KILP_RANGE is "kubernetes": give swarm'],
    [{ KILP_RANGE: 'swarm', KILP_AGENT_PORT: '0' }, 'KILP_AGENT_PORT is "0": give a port'],
    [{ KILP_RANGE: 'swarm', KILP_AGENT_PORT: '65536' }, 'KILP_AGENT_PORT is "65536"'],
    [{ KILP_RANGE: 'swarm', KILP_AGENT_PORT: 'ssh' }, 'KILP_AGENT_PORT is "ssh"'],
    [{ KILP_RANGE: 'swarm', KILP_REGISTRY: 'https://reg.example' }, 'KILP_REGISTRY is "https://reg.example"'],
    [{ KILP_RANGE: 'swarm', KILP_REGISTRY: 'range' }, 'KILP_REGISTRY is "range"'],
  ])('%j is told', (env, said) => {
    expect(() => of(env)).toThrow(UserError)
    expect(() => of(env)).toThrow(said)
  })
})

describe('what doctor says of a node', () => {
  const good: NodeLook = {
    ...{ id: 'abc', name: 'rack', labelled: true, ready: true },
    agent: { state: 'answers', at: '10.1.1.2:4620' },
    machine: null,
  }
  const of = (change: Partial<NodeLook>) =>
    nodeFindings({ ...good, ...change }, 4).map(({ ok, what, mend }) =>
      [ok ? 'ok' : 'MEND', what, ...(mend ? ['->', mend] : [])].join(' '),
    )
  test('that all is well', () => {
    expect(of({})).toEqual([
      'ok rack: carries enclaves',
      'ok rack: Swarm hears from it',
      'ok rack: its agent answers at 10.1.1.2:4620',
    ])
    expect(of({ agent: { state: 'not yet', at: 'x' } })[2]).toBe(
      'ok rack: its agent is started by the first start with --swarm',
    )
  })
  test('that it is not labelled, and nothing of what would then be wrong', () => {
    expect(of({ labelled: false, ready: false })).toEqual([
      'MEND rack: carries no enclaves, since it has not the label kilp.range=true -> If it shall: docker node update --label-add kilp.range=true abc',
    ])
  })
  test('that Swarm does not hear from it, and then nothing of its agent', () => {
    const said = of({ ready: false })
    expect(said).toHaveLength(2)
    expect(said[1]).toMatch(/^MEND rack: Swarm does not hear from it.*--availability active abc/)
  })
  test('that its agent is silent, and why', () => {
    expect(of({ agent: { state: 'silent', at: '10.1.1.2:4620', why: 'It lacks the base image.' } })[2]).toBe(
      'MEND rack: its agent does not answer at 10.1.1.2:4620 -> It lacks the base image.',
    )
  })
  test('what its machine lacks, by its name', () => {
    const machine = { unlimited: ['memory'], carries: 2, inside: null }
    const said = of({ machine }).slice(3)
    expect(said.length).toBeGreaterThan(0)
    for (const line of said) expect(line).toMatch(/^(ok|MEND) rack: /)
    expect(said.filter((line) => line.includes('memory') && line.startsWith('MEND'))).toHaveLength(1)
  })
})
