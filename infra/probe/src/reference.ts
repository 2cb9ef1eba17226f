import { pbkdf2Sync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

/**
 * The reference: a small service that belongs to no team and stands outside every enclave. It does a fixed piece of work for each request, so that how late it answers says how
 * late this machine is, and tells what the kernel knows of the machine's pressure.
 */

/** About as much as one light check costs its service: 3 to 5 ms of one core. */
const ROUNDS = 25_000

const WORDS = ['cpu', 'memory', 'io'] as const

/** The share of the last ten seconds in which something waited, in percent; empty where the kernel does not tell (PSI). */
function pressureOf(what: (typeof WORDS)[number]): string {
  try {
    return /^some avg10=([\d.]+)/.exec(readFileSync(`/proc/pressure/${what}`, 'utf8'))?.[1] ?? ''
  } catch {
    return ''
  }
}

createServer((_, response) => {
  pbkdf2Sync('reference', 'machine', ROUNDS, 32, 'sha256')
  const said = Object.fromEntries(WORDS.map((what) => [what, pressureOf(what)]))
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify(said))
}).listen(80)

for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const) process.on(signal, () => process.exit(0))
