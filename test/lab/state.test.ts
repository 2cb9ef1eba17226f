import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { askedOfLab, statusText } from '../../server/cli/lab.ts'
import { runningPid } from '../../server/lab/engine-process.ts'
import { planLab } from '../../server/lab/plan.ts'
import { keepLab, readLab } from '../../server/lab/state.ts'
import { startOf } from '../../server/store/process-start.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kilp-lab-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('what a lab’s folder keeps', () => {
  test('is enough to know all of the lab again', () => {
    const plan = planLab(folder, '192.168.97.0/24', 4)
    keepLab(plan, false)
    expect(readLab(folder)).toEqual({ plan, whole: false })
    keepLab(plan, true)
    expect(readLab(folder)).toEqual({ plan, whole: true })
  })
  test('is nothing where there is none', () => {
    expect(readLab(join(folder, 'none'))).toBeNull()
  })
  test.each(['', '{', '{}', '{"network":"192.168.97.0/24","nodes":"3"}', 'null'])(
    'is not believed when it holds %j: it is told how to remove that',
    (text) => {
      writeFileSync(join(folder, 'lab.json'), text)
      expect(() => readLab(folder)).toThrow(/left half-made.*lab -- --down/)
    },
  )
  test('and without its file it is half-made too', () => {
    mkdirSync(join(folder, 'n1'))
    expect(() => readLab(folder)).toThrow(/left half-made/)
  })
})

describe('the process of a node', () => {
  const says = (text: string) => writeFileSync(join(folder, 'node.json'), text)
  const own = { pid: process.pid, started: startOf(process.pid) }
  test('is the one that was started', () => {
    says(JSON.stringify(own))
    expect(runningPid({ folder })).toBe(process.pid)
  })
  // Whoever believes such a file kills a process that is not the lab's.
  test.each([
    ['its pid belongs to another process by now', { started: 'before that' }],
    ['the machine was started anew since', { started: `another ${own.started?.split(' ')[1]}` }],
    ['its pid means a group of processes', { pid: 0 }],
    ['its pid means all processes', { pid: -1 }],
    ['nobody could say when it began', { started: '' }],
    ['there is no such process', { pid: 2 ** 22 + 1, started: null }],
  ])('is none when %s', (_, change) => {
    says(JSON.stringify({ ...own, ...change }))
    expect(runningPid({ folder })).toBeNull()
  })
  test.each(['', '{', 'null'])('is none when the file holds %j', (text) => {
    says(text)
    expect(runningPid({ folder })).toBeNull()
  })
})

describe('what is asked of a lab', () => {
  test('is one thing, and how it stands when nothing is said', () => {
    expect(askedOfLab({})).toBe('status')
    expect(askedOfLab({ nodes: '3', network: '192.168.5.0/24' })).toBe('nodes')
    expect(askedOfLab({ cut: 'n2' })).toBe('cut')
    expect(() => askedOfLab({ kill: 'n1', down: true })).toThrow('One thing at a time: --kill or --down')
    expect(() => askedOfLab({ network: '192.168.5.0/24' })).toThrow('--network goes with --nodes')
    expect(() => askedOfLab({ network: '192.168.5.0/24', cut: 'n1' })).toThrow('--network goes with --nodes')
  })
  test('how it stands is a table, a line for each node', () => {
    const [n1, n2] = planLab('/lab', '192.168.97.0/24', 2).nodes
    if (!n1 || !n2) throw new Error('no nodes')
    const text = statusText([
      { node: n1, pid: 4711, plugged: true, swarm: 'ready' },
      { node: n2, pid: null, plugged: false, swarm: null },
    ])
    expect(text.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['node', 'address', 'engine', 'cable', 'swarm', 'DOCKER_HOST'],
      expect.anything(),
      ['n1', '192.168.97.1', 'runs (process 4711)', 'in', 'ready', 'unix:///lab/n1/docker.sock'],
      ['n2', '192.168.97.2', 'does not run', 'out', 'not known', 'unix:///lab/n2/docker.sock'],
    ])
  })
})
