import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { LISTEN } from '../../server/range/isolation/isolation-scripts.ts'

/** Nobody answers there, and TCP to it never leaves the machine: the kernel refuses. */
const DEAF = '255.255.255.255'

/** What the listener says on a machine with 127.0.0.1 and, as long as `looks` goes on, the deaf address. */
async function said(looks: number, ...greet: string[]) {
  const machine = `{
    let looked = 0
    const at = (address) => ({ family: 'IPv4', internal: false, address })
    require('node:os').networkInterfaces = () => ({ a: [at('127.0.0.1'), ...(looked++ < ${looks} ? [at('${DEAF}')] : [])] })
  }`
  const child = spawn(process.execPath, ['-e', machine + LISTEN, ...greet], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    for await (const line of createInterface({ input: child.stdout }))
      return JSON.parse(line) as { port: number; addresses: string[]; deaf: string[] }
    throw new Error('it ended without a word')
  } finally {
    child.kill()
  }
}

test('an address that goes while the listener greets it was of somebody else’s network: neither told nor deaf', async () => {
  expect(await said(2)).toMatchObject({ addresses: ['127.0.0.1'], deaf: [] })
})
test('an address that stays and does not answer is named, and so is one elsewhere', async () => {
  const { port, addresses, deaf } = await said(Number.POSITIVE_INFINITY, `${DEAF}:9`)
  expect(addresses).toEqual(['127.0.0.1', DEAF])
  expect(deaf).toEqual([`${DEAF}:${port}`, `${DEAF}:9`])
})
