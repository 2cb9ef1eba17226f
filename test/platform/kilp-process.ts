import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Recorded } from '../../server/exercise/ledger/events.ts'
import type { PublicExercise } from '../../server/exercise/views/public-exercise.ts'
import { PERSON_HEADER } from '../../server/exercise/wire/person.ts'
import { homeOf, LABEL_HOME } from '../../server/range/labels.ts'

export const ROOT = resolve(import.meta.dirname, '../..')
const CLI = join(ROOT, 'server/cli.ts')

export interface SeatLink {
  readonly seat: string
  readonly team?: string
  readonly token: string
  readonly url: string
}

/** A real `kilp up` in a process of its own, over a data folder that a test can start again after a kill. */
export interface KilpProcess {
  readonly url: string
  readonly pid: number
  /** All of stderr so far. */
  said(): string
  exercise(): Promise<PublicExercise>
  seats(): Promise<readonly SeatLink[]>
  ledger(token: string, after?: number): Promise<readonly Recorded[]>
  command(
    token: string,
    type: string,
    data?: object,
    /** Who gives it. */
    name?: string,
  ): Promise<{ status: number; body: Record<string, unknown> }>
  /** Ends the process with a signal and waits until it is gone. Resolves with its exit code, null after SIGKILL. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

export function dataFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'kilp-test-'))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

const READY = /^Kilp ready (http:\/\/\S+)$/m

/** Starts the platform; resolves when it serves, rejects with what it said when it ends before. */
export async function startKilp(
  dataDir: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<KilpProcess> {
  const child = spawn(process.execPath, [CLI, 'up', '--port', '0', ...args], {
    env: { ...process.env, KILP_DATA: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  child.stderr.on('data', (chunk) => {
    err += chunk
  })
  const ended = new Promise<number | null>((settle) => child.once('exit', (code) => settle(code)))
  const url = await new Promise<string>((ready, fail) => {
    child.stdout.on('data', (chunk) => {
      out += chunk
      const line = READY.exec(out)
      if (line?.[1]) ready(line[1])
    })
    void ended.then((code) => fail(new Error(`kilp ended with ${code}\n${err}`)))
  })
  return faceOf(child, url, dataDir, () => err, ended)
}

function faceOf(
  child: ChildProcess,
  url: string,
  dataDir: string,
  said: () => string,
  ended: Promise<number | null>,
): KilpProcess {
  const read = async <T>(path: string, token?: string): Promise<T> => {
    const response = await fetch(
      url + path,
      token ? { headers: { authorization: `Bearer ${token}` } } : {},
    ).catch((error: unknown) => {
      throw new Error(`${path}: ${error}; kilp said:\n${said().slice(-3000)}`)
    })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }
  return {
    url,
    pid: child.pid ?? 0,
    said,
    exercise: () => read('/api/exercise'),
    async seats() {
      const { code, stdout, stderr } = await runKilp(dataDir, ['seats', '--json'])
      if (code !== 0)
        throw new Error(`kilp seats ended with ${code}: ${stderr}\nkilp up said:\n${said().slice(-3000)}`)
      return (JSON.parse(stdout) as { seats: SeatLink[] }).seats
    },
    async ledger(token, after = 0) {
      const events: Recorded[] = []
      for (let cursor = after; ; ) {
        const page = await read<{ events: Recorded[]; cursor: number }>(`/api/ledger?after=${cursor}`, token)
        events.push(...page.events)
        if (page.cursor <= cursor) return events
        cursor = page.cursor
      }
    },
    async command(token, type, data = {}, name = '') {
      const response = await fetch(`${url}/api/commands`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          ...(name && { [PERSON_HEADER]: encodeURIComponent(name) }),
        },
        body: JSON.stringify({ type, data }),
      })
      return { status: response.status, body: (await response.json()) as Record<string, unknown> }
    },
    end(signal) {
      child.kill(signal)
      return ended
    },
  }
}

/** Runs another `kilp` command to its end. */
export async function runKilp(dataDir: string, args: readonly string[], env: Record<string, string> = {}) {
  const options = { env: { ...process.env, KILP_DATA: dataDir, ...env }, maxBuffer: 64 * 1024 * 1024 }
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [CLI, ...args], options)
    return { code: 0, stdout, stderr }
  } catch (error) {
    const failed = error as { code: number; stdout: string; stderr: string }
    return { code: failed.code, stdout: failed.stdout, stderr: failed.stderr }
  }
}

/** Asks until the answer is there. @throws with `what` and the last answer when it does not come in time. */
export async function until<T>(
  what: string,
  withinMs: number,
  ask: () => Promise<T | null | undefined | false>,
): Promise<T> {
  const end = Date.now() + withinMs
  for (;;) {
    const answer = await ask()
    if (answer) return answer
    if (Date.now() > end) throw new Error(`${what}: not within ${withinMs / 1000} s`)
    await new Promise((wake) => setTimeout(wake, 200))
  }
}

/**
 * Removes whatever a data folder's platform has left in the engine, for a test that failed before it could end its exercise, or whose platform had
 * begun another: the guard that stands would mend what later tests break on purpose.
 */
export function removeLeft(dataDir: string): void {
  const left = (...args: string[]) =>
    execFileSync('docker', [...args, '--filter', `label=${LABEL_HOME}=${homeOf(dataDir)}`], {
      encoding: 'utf8',
    })
      .split('\n')
      .filter(Boolean)
  for (const id of left('ps', '-aq')) execFileSync('docker', ['rm', '-fv', id])
  for (const id of left('network', 'ls', '-q')) execFileSync('docker', ['network', 'rm', id])
}
