import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { earOptions } from '../../server/range/enclave/ear.ts'
import { planDeploy } from '../../server/range/enclave/plan.ts'
import { fixtureSpec } from './fixtures/spec.ts'

const images = { desk: 'd', store: 's', probe: 'p', sensor: 'n' }
const subnets = ['10.201.0.0/24', '10.201.1.0/24']

test('what is no pipe, or leads elsewhere, grows by nothing that the ear writes; a pipe takes it', async () => {
  const { services } = fixtureSpec({}, { collector: true })
  const of = { exerciseId: 'x1', home: 'h', seed: 's', teams: ['est'], images, subnets, services }
  const { containers, networks } = planDeploy(of)
  const sensor = containers.find(({ service }) => service === 'sensor')
  if (!sensor) throw new Error('not planned')
  const script = earOptions({ exerciseId: 'x1', home: 'h' }, sensor, 'n', networks).Cmd?.[2] ?? ''
  const home = mkdtempSync(join(tmpdir(), 'kilp-ear-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const at = (...path: string[]) => join(home, ...path)
  mkdirSync(at('ears'))
  mkdirSync(at('bin'))
  // Says something for as long as somebody takes it.
  writeFileSync(at('bin/tcpdump'), '#!/bin/sh\nwhile echo frames; do echo said >&2; sleep 0.05; done\n')
  chmodSync(at('bin/tcpdump'), 0o755)
  writeFileSync(at('elsewhere'), '')
  for (const name of ['file', 'link.said', 'file.said', 'pipe.said']) writeFileSync(at('ears', name), '')
  symlinkSync(at('elsewhere'), at('ears/link'))
  spawnSync('mkfifo', [at('ears/pipe')])
  const here = script.replaceAll('/dev/shm/ears', at('ears'))
  const bridges = ['file', 'link', 'pipe'].flatMap((kind) => [kind, `br-${kind}`])
  const ear = spawn('bash', ['-c', here, 'ear', '10.0.0.1', ...bridges], {
    env: { PATH: `${at('bin')}:${process.env.PATH}` },
    stdio: 'ignore',
    detached: true,
  })
  const reader = spawn('head', ['-c', '70', at('ears/pipe')])
  onTestFinished(() => {
    reader.kill()
    if (ear.pid) process.kill(-ear.pid, 'SIGKILL')
  })
  const heard = await new Promise((done) => reader.stdout.once('data', (chunk) => done(String(chunk))))
  expect(heard).toContain('frames')
  expect([at('ears/file'), at('elsewhere')].map((path) => statSync(path).size)).toEqual([0, 0])
  expect(readFileSync(at('elsewhere'), 'utf8')).toBe('')
})
