import { zipSync } from 'fflate'
import { afterAll, describe, expect, test } from 'vitest'
import { openAppWorkers } from '../../infra/probe/src/app-workers.ts'
import { here, probeHere } from './probe-here.ts'

const apps = openAppWorkers({ nationSeed: 'test', cardAuthority: here.cardAuthority })
afterAll(() => apps.close())

const soon = (ms: number) => performance.now() + ms
const small = () => apps.run('relying-party/pkce', { random: 'a'.repeat(43) }, soon(20_000))

/** What a voting service may say that wants the probe's time: commitments whose check is of the second degree. */
const endless = () => {
  const point = '0'.repeat(64)
  const proof = { commitments: Array.from({ length: 200_000 }, () => point) }
  return JSON.stringify({
    key: proof,
    ballots: Array.from({ length: 50_000 }, () => ({ a: point, b: point })),
  })
}

/** 170 MB of nothing in a few hundred KB, as a signed container. */
const bomb = () =>
  Buffer.from(zipSync({ 'a.txt': [new Uint8Array(170 * 1024 * 1024), { level: 9 }] })).toString('base64')

describe('programs of people’s devices', () => {
  test('what a service gives them can not hold up the others, whatever it is', async () => {
    await small()
    const since = performance.now()
    const hostile = Promise.allSettled([
      apps.run('asice/change', { container: bomb(), find: 'a', put: 'b' }, soon(5_000)),
      apps.run('vote/verify-tally', { tally: endless() }, soon(5_000)),
    ])
    await small()
    expect(performance.now() - since).toBeLessThan(5_000)
    const ends = await hostile
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(performance.now() - since).toBeLessThan(12_000)
    await small()
  })

  test('one that does not end is ended, and only its own run sees that', async () => {
    const probe = probeHere({ apps })
    const late = probe.run({
      script: {
        steps: [{ app: { name: 'vote/verify-tally', with: { tally: endless() } }, deadlineMs: 300 }],
      },
    })
    const other = probe.run({
      script: { steps: [{ app: { name: 'relying-party/pkce', with: { random: 'a'.repeat(43) } }, deadlineMs: 10_000 }] },
    })
    expect(await other).toMatchObject({ outcome: 'pass' })
    expect(await late).toMatchObject({ outcome: 'fail', verdict: 'broken' })
  })

  test('more at once than there are threads wait for one', async () => {
    const runs = await Promise.all(Array.from({ length: 20 }, small))
    expect(new Set(runs).size).toBe(1)
  })
})
