import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ConnectionOptions, connect } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openNodeEngine } from '../../../server/range/engine-api/node-engine.ts'
import { AGENT_NAME, type Credentials, lasts } from '../../../server/range/swarm/certificates.ts'
import { credentialsIn, readCredentials } from '../../../server/range/swarm/credentials.ts'
import { openStandingNode, type StandingNode, someCredentials } from './standing-node.ts'

let own: Credentials
let other: Credentials
let node: StandingNode
beforeAll(async () => {
  own = await someCredentials()
  other = await someCredentials()
  node = await openStandingNode(own)
})
afterAll(() => node.close())

/** The first line of what a client with these settings is answered; else why it is not. */
const answer = (options: ConnectionOptions) =>
  new Promise<string>((done) => {
    const socket = connect({ ...node.address, servername: AGENT_NAME, ...options })
    socket.on('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message))
    socket.on('close', () => done('closed'))
    socket.on('data', (chunk) => {
      done(String(chunk).split('\r\n')[0] ?? '')
      socket.destroy()
    })
    socket.write('GET /_ping HTTP/1.1\r\nhost: x\r\n\r\n')
  })

describe('who is answered at the agent’s port', () => {
  test('the platform is', async () => {
    expect(await answer({ ca: own.ca, ...own.platform })).toBe('HTTP/1.1 200 OK')
    expect(node.asked).toEqual(['GET /_ping'])
  })
  test.each([
    ['who has no certificate', () => ({})],
    // With the key of an agent, taken from one node, nobody gets to the engine of another.
    ['an agent itself', () => own.agent],
    ['a platform of another authority', () => other.platform],
    ['the platform by an older TLS', () => ({ ...own.platform, maxVersion: 'TLSv1.2' as const })],
  ])('%s is not', async (_, client) => {
    const before = node.asked.length
    expect(await answer({ ca: own.ca, ...client() })).not.toMatch(/HTTP/)
    expect(node.asked).toHaveLength(before)
  })
})

describe('with whom the platform speaks', () => {
  const ping = async (it: StandingNode) => {
    const engine = openNodeEngine(it.address, own, () => {})
    try {
      return String(await engine.docker.ping())
    } finally {
      engine.close()
    }
  }
  test('the agent', async () => expect(await ping(node)).toBe('OK'))
  test('no server of another authority, which hears nothing of what was asked', async () => {
    // It lets every client of ours in: what stops the platform is that it can not show who it is.
    const stranger = await openStandingNode({ ca: own.ca, agent: other.agent })
    await expect(ping(stranger)).rejects.toThrow(/unable to verify|self-signed|issuer/)
    expect(stranger.asked).toEqual([])
    await stranger.close()
  })
  test('not with one that shows the platform’s own certificate', async () => {
    const mirror = await openStandingNode({ ca: own.ca, agent: own.platform })
    await expect(ping(mirror)).rejects.toThrow(/purpose|altnames/)
    expect(mirror.asked).toEqual([])
    await mirror.close()
  })
})

describe('the folder of the credentials', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kilp-swarm-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'in/swarm.json')
  test('has none at first, then the same ones each time, which nobody else may read', async () => {
    expect(await readCredentials(join(folder, 'in'))).toBeNull()
    const made = await credentialsIn(join(folder, 'in'))
    expect(await credentialsIn(join(folder, 'in'))).toEqual(made)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(join(folder, 'in')).mode & 0o777).toBe(0o700)
    // Of the authority only its certificate: nobody can make more of them.
    expect(readFileSync(file, 'utf8').match(/BEGIN [A-Z ]+/g)).toEqual([
      'BEGIN CERTIFICATE',
      'BEGIN CERTIFICATE',
      'BEGIN PRIVATE KEY',
      'BEGIN CERTIFICATE',
      'BEGIN PRIVATE KEY',
    ])
  })
  test('gets new ones when those that are there would end in the middle of an exercise', async () => {
    const made = await credentialsIn(join(folder, 'in'))
    const soon = { ...made, notAfter: Date.now() + 86_400_000 }
    expect([lasts(made, Date.now()), lasts(soon, Date.now())]).toEqual([true, false])
    writeFileSync(file, JSON.stringify(soon))
    expect((await credentialsIn(join(folder, 'in'))).ca).not.toBe(made.ca)
  })
})
