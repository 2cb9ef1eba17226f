import { afterAll, beforeAll, expect, test } from 'vitest'
import { get, probeHere, type Served, serve } from './probe-here.ts'

let served: Served
beforeAll(async () => {
  served = await serve((request, response) => {
    if (request.url === '/cut') {
      response.writeHead(200, { 'content-length': '100' })
      response.write('half')
      setTimeout(() => response.destroy(), 20)
    } else if (request.url !== '/silent') response.end(request.url)
  })
})
afterAll(() => served.close())

const wanting = (path: string, text: string) =>
  get(`${served.url}${path}`, { deadlineMs: 300, expect: { text: [text] } })

test.each([
  ['told no, and the witness is served', '/ok', '/no', '/mine', true],
  ['an answer that breaks off', '/ok', '/cut', '/mine', false],
  ['no answer', '/ok', '/silent', '/mine', false],
  ['told no, and the witness is not served', '/ok', '/no', '/gone', false],
  ['nothing could be set up', '/gone', '/no', '/mine', false],
])('an attacker who fails: %s', async (_, setup, exploit, witness, refused) => {
  const wants: Readonly<Record<string, string>> = { '/ok': 'ok', '/mine': 'mine' }
  const script = {
    setup: [wanting(setup, wants[setup] ?? 'what is not said')],
    steps: [wanting(exploit, 'the secret')],
    witness: [wanting(witness, wants[witness] ?? 'what is not said')],
  }
  expect(await probeHere().run({ script })).toMatchObject({ outcome: 'fail', refused })
})
