import { type RuntimeFile, readRuntimeFile } from './runtime-file.ts'
import { UserError } from './user-error.ts'

/** The running platform over this data folder. @throws UserError when none runs. */
export function runningPlatform(dataDir: string): RuntimeFile {
  const found = readRuntimeFile(dataDir)
  if (!found) throw new UserError(`No Kilp runs over ${dataDir}. Start one with: npm start`)
  return found
}

/** Asks the running platform's API as the one who runs it; with `body` as POST. @throws UserError when it does not answer as it should. */
export async function askPlatform<T>(running: RuntimeFile, path: string, body?: object): Promise<T> {
  const response = await fetch(`${running.url}${path}`, {
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
    headers: {
      authorization: `Bearer ${running.key}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    signal: AbortSignal.timeout(body ? 120_000 : 10_000),
  }).catch((error: unknown) => {
    throw new UserError(
      `Kilp (pid ${running.pid}) does not answer at ${running.url}: ${error instanceof Error ? error.message : error}`,
    )
  })
  if (response.ok) return (await response.json()) as T
  const text = await response.text()
  throw new UserError(messageIn(text) ?? `${path} answered ${response.status}: ${text.slice(0, 300)}`)
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
