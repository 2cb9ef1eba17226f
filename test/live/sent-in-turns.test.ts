import { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { expect, test } from 'vitest'
import { sentInTurns } from '../../server/live/ssh/sent-in-turns.ts'

test('of two writers only one waits at a time, and each is finished when all of its own is sent', async () => {
  const waiting: (() => void)[] = []
  const said: string[] = []
  const end = (name: string) =>
    new Writable({
      write(chunk: Buffer, _, done) {
        said.push(`${name} ${chunk}`)
        waiting.push(done)
      },
    })
  const [out, err] = sentInTurns(end('out'), end('err'))
  out.write('a')
  err.end('b')
  out.end('c')
  const over: string[] = []
  void finished(out).then(() => over.push('out'))
  void finished(err).then(() => over.push('err'))
  for (const now of [['out a'], ['out a', 'err b'], ['out a', 'err b', 'out c']]) {
    await expect.poll(() => said).toEqual(now)
    expect(waiting).toHaveLength(1)
    waiting.shift()?.()
  }
  await expect.poll(() => over).toEqual(['err', 'out'])
})
