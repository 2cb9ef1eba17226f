import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { type RuntimeFile, readRuntimeFile } from './runtime-file.ts'
import { UserError } from './user-error.ts'

/** The running platform over this data folder. @throws UserError when none runs. */
export function runningPlatform(dataDir: string): RuntimeFile {
  const found = readRuntimeFile(dataDir)
  if (!found) throw new UserError(`No Kilp runs over ${dataDir}. Start one with: npm start`)
  return found
}

/** Asks the running platform's API as the one who runs it; with `body` as POST. @throws UserError when it does not answer as it should. */
export async function askPlatform<T>(
  running: RuntimeFile,
  path: string,
  body?: object,
  method: 'GET' | 'POST' | 'DELETE' = body ? 'POST' : 'GET',
): Promise<T> {
  const response = await fetch(`${running.url}${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body) } : {}),
    headers: {
      authorization: `Bearer ${running.key}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    signal: AbortSignal.timeout(method === 'GET' ? 10_000 : 120_000),
  }).catch(silent(running))
  if (response.ok) return (await response.json()) as T
  throw await refusedWith(path, response)
}

/** Asks it for a file, however large, and writes that to what `open` opens once it comes. @throws UserError when it does not answer, refuses, or breaks off. */
export async function fetchInto(
  running: RuntimeFile,
  path: string,
  open: () => Writable,
  key: 'key' | 'dumpKey' = 'key',
): Promise<void> {
  const response = await fetch(`${running.url}${path}`, {
    headers: { authorization: `Bearer ${running[key]}` },
  }).catch(silent(running))
  if (!response.ok || !response.body) throw await refusedWith(path, response)
  await pipeline(Readable.fromWeb(response.body as ReadableStream), open()).catch((error: unknown) => {
    // What is written to says for itself what is wrong.
    if (!(error instanceof TypeError)) throw error
    throw new UserError(
      `Kilp (pid ${running.pid}) broke off before the end of ${path}: ${error instanceof Error ? error.message : error}`,
    )
  })
}

const silent = (running: RuntimeFile) => (error: unknown) => {
  throw new UserError(
    `Kilp (pid ${running.pid}) does not answer at ${running.url}: ${error instanceof Error ? error.message : error}`,
  )
}

async function refusedWith(path: string, response: Response): Promise<UserError> {
  const text = await response.text()
  return new UserError(messageIn(text) ?? `${path} answered ${response.status}: ${text.slice(0, 300)}`)
}

/** Path of what is asked of one exercise, or of the current one. */
export const pathOf = (exercise: string | undefined, what: '' | '/seats'): string =>
  exercise === undefined
    ? `/api${what || '/exercise'}`
    : `/api/exercises/${encodeURIComponent(exercise)}${what}`

function messageIn(text: string): string | null {
  try {
    const { refusal } = JSON.parse(text) as { refusal?: { message?: unknown } }
    return typeof refusal?.message === 'string' ? refusal.message : null
  } catch {
    return null
  }
}
