import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { openFiles, send } from './files-world.ts'

test('a file that comes over a slow line is taken, and one that stops coming is let go', {
  timeout: 120_000,
}, async () => {
  const world = await openFiles()
  await send(world, 'red', 'asked')
  const put = (bytes: number) =>
    request(`${world.live.url}/api/files?inject=asked&name=a.csv`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${world.token('blue-red')}`,
        'content-type': 'application/octet-stream',
        'content-length': bytes,
      },
    })
  const slow = put(20)
  const reply = new Promise<string>((resolve, reject) => {
    slow.on('response', async (response) => resolve(`${response.statusCode} ${await text(response)}`))
    slow.on('error', reject)
  })
  const stopped = put(20)
  const gone = new Promise<string>((resolve) => {
    stopped.on('response', (response) => resolve(String(response.statusCode)))
    stopped.on('error', (error) => resolve(error.message))
  })
  stopped.write('a')
  for (let n = 0; n < 20; n += 1) {
    slow.write('a')
    await new Promise((resolve) => setTimeout(resolve, 900))
  }
  expect(await reply).toMatch(/^200 /)
  // Nothing came for half a minute.
  expect(await gone).toMatch(/^408$|hang up|reset/)
  expect(world.faults).toEqual([])
})
