import { describe, expect, test } from 'vitest'
import type { ReferenceLook } from '../../../server/engine/ports/range-news.ts'
import type { ContainerEngine } from '../../../server/range/engine-api/docker.ts'
import { agentProblem } from '../../../server/range/swarm/agent-problem.ts'
import { named } from '../../../server/range/swarm/nodes.ts'
import { worstOf } from '../../../server/range/swarm/references.ts'

type Info = Parameters<typeof named>[0][number]

const info = (ID: string, Hostname: string, change: Partial<Info> = {}): Info => ({
  ID,
  Spec: { Availability: 'active', Labels: { 'kilp.range': 'true' } },
  Description: { Hostname, Resources: { NanoCPUs: 2_500_000_000, MemoryBytes: 3 * 2 ** 30 } },
  Status: { State: 'ready', Addr: '192.168.97.2' },
  ...change,
})

describe('nodes of a Swarm', () => {
  test('are called by their host names, and two of one name can be told apart', () => {
    const names = named([info('abcdef', 'rack'), info('abcxyz', 'attic'), info('fedcba', 'rack')])
    expect(names.map(({ name }) => name)).toEqual(['rack-abcd', 'attic', 'rack-fedc'])
    expect(names[1]).toMatchObject({ id: 'abcxyz', cores: 2.5, memoryMiB: 3_072, address: '192.168.97.2' })
  })
  test('a manager is spoken with where the others reach it, also by IPv6', () => {
    const at = (Addr: string) =>
      named([info('a', 'm', { Status: { State: 'ready', Addr: '0.0.0.0' }, ManagerStatus: { Addr } })])[0]
        ?.address
    expect(at('192.168.97.1:2377')).toBe('192.168.97.1')
    expect(at('[fd00::1]:2377')).toBe('fd00::1')
  })
  test('one that is not labelled, is down or drained carries nothing', () => {
    const of = (change: Partial<Info>) => {
      const [node] = named([info('a', 'n', change)])
      return [node?.labelled, node?.ready]
    }
    expect(of({})).toEqual([true, true])
    expect(of({ Spec: { Availability: 'active' } })).toEqual([false, true])
    expect(of({ Spec: { Availability: 'active', Labels: { 'kilp.range': 'yes' } } })).toEqual([false, true])
    expect(of({ Status: { State: 'down', Addr: '' } })).toEqual([true, false])
    expect(of({ Spec: { Availability: 'drain', Labels: { 'kilp.range': 'true' } } })).toEqual([true, false])
  })
})

describe('the references of several machines', () => {
  const look = (ms: number, change: Partial<ReferenceLook> = {}): ReferenceLook => ({
    ...{ ms, answered: true, probesMs: 3 },
    pressure: { processors: null, memory: null, disk: null },
    ...change,
  })
  test('say nothing where there is none', () => expect([worstOf([]), worstOf([null])]).toEqual([null, null]))
  test('say of each word the worst that one of them says', () => {
    const slow = look(9, { pressure: { processors: 0.2, memory: null, disk: 0.4 } })
    const silent = look(2, {
      ...{ answered: false, probesMs: 40 },
      pressure: { processors: 0.7, memory: null, disk: 0.1 },
    })
    expect(worstOf([slow, null, silent])).toEqual({
      ...{ ms: 9, answered: false, probesMs: 40 },
      pressure: { processors: 0.7, memory: null, disk: 0.4 },
    })
  })
})

describe('why an agent does not run', () => {
  interface Told {
    readonly CreatedAt: string
    readonly Status: { readonly State: string; readonly Err?: string }
  }
  const of = (...tasks: readonly Told[]) =>
    agentProblem({ listTasks: async () => tasks } as unknown as ContainerEngine, 'home', 'n2')
  const task = (CreatedAt: string, State: string, Err?: string): Told => ({
    CreatedAt,
    Status: { State, ...(Err && { Err }) },
  })
  test('nobody knows where there was none, and nothing is wrong where it runs now', async () => {
    expect(await of()).toBeNull()
    expect(await of(task('2', 'running'), task('1', 'failed', 'exit 1'))).toBeNull()
  })
  test('a machine without the base image waits for it in vain, and is told how to get it', async () => {
    const problem = await of(
      task('1', 'running'),
      task('3', 'preparing'),
      task('2', 'rejected', 'No such image: kilp-base:0a1b'),
    )
    expect(problem).toMatchObject({ lasting: true })
    expect(problem?.text).toContain('docker save kilp-base:0a1b | ssh THAT-MACHINE docker load')
  })
  test('anything else is said in Swarm’s words, and may pass', async () => {
    expect(await of(task('1', 'pending'))).toEqual({ text: 'It is pending.', lasting: false })
    expect(await of(task('1', 'failed', 'task: non-zero exit (1)'))).toEqual({
      text: 'Swarm says of it: task: non-zero exit (1)',
      lasting: false,
    })
  })
})
