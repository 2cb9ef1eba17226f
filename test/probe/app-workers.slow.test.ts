import { zipSync } from 'fflate'
import { afterAll, describe, expect, test } from 'vitest'
import { openAppWorkers } from '../../infra/probe/src/app-workers.ts'
import { G, pointFromHex, pointToHex } from '../../infra/services/kit/voting/group.ts'
import { electionKey } from '../../infra/services/kit/voting/threshold.ts'
import { here, probeHere } from './probe-here.ts'

const apps = openAppWorkers({ nationSeed: 'test', cardAuthority: here.cardAuthority })
afterAll(() => apps.close())

const soon = (ms: number) => performance.now() + ms
const small = () => apps.run('relying-party/pkce', { random: 'a'.repeat(43) }, soon(20_000))

/** What a voting service may publish that wants the auditor's time: so many key holders that their keys take most of a minute. */
const endless = (() => {
  const commitments = Array.from({ length: 3_000 }, () => [pointToHex(G)])
  const key = pointToHex(electionKey(commitments.map((own) => own.map(pointFromHex))))
  return JSON.stringify({ ceremony: { threshold: 1, key, commitments }, districts: [] })
})()

/** 170 MB of nothing in a few hundred KB, as a signed container. */
const bomb = Buffer.from(zipSync({ 'a.txt': [new Uint8Array(170 * 1024 * 1024), { level: 9 }] })).toString(
  'base64',
)

describe('programs of people’s devices', () => {
  test('what a service gives them can not hold up the others, whatever it is', async () => {
    await small()
    const since = performance.now()
    const hostile = Promise.allSettled([
      apps.run('asice/change', { container: bomb, find: 'a', put: 'b' }, soon(5_000)),
      apps.run('vote/verify-tally', { tally: endless }, soon(5_000)),
    ])
    await small()
    expect(performance.now() - since).toBeLessThan(5_000)
    const ends = await hostile
    expect(ends.map((end) => String('reason' in end && end.reason))).toEqual([
      expect.stringContaining('unpacks to more than'),
      expect.stringContaining('not done in time'),
    ])
    expect(performance.now() - since).toBeLessThan(12_000)
    await small()
  })

  test('one that does not end is ended, and only its own run sees that', async () => {
    const probe = probeHere({ apps })
    const late = probe.run({
      script: {
        steps: [{ app: { name: 'vote/verify-tally', with: { tally: endless } }, deadlineMs: 3_000 }],
      },
    })
    const other = probe.run({
      script: {
        steps: [
          { app: { name: 'relying-party/pkce', with: { random: 'a'.repeat(43) } }, deadlineMs: 10_000 },
        ],
      },
    })
    expect(await other).toMatchObject({ outcome: 'pass' })
    expect(await late).toMatchObject({
      outcome: 'fail',
      verdict: 'broken',
      evidence: { received: 'it was not done in time' },
    })
  })

  test('more at once than there are threads wait for one', async () => {
    const runs = await Promise.all(Array.from({ length: 20 }, small))
    expect(new Set(runs).size).toBe(1)
  })
})
