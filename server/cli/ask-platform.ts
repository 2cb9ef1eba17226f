import { type RuntimeFile, readRuntimeFile } from './runtime-file.ts'
import { UserError } from './user-error.ts'

/** The running platform over this data folder. @throws UserError when none runs. */
export function runningPlatform(dataDir: string): RuntimeFile {
  const found = readRuntimeFile(dataDir)
  if (!found) throw new UserError(`No Kilp runs over ${dataDir}. Start one with: npm start`)
  return found
}

/** GET of the running platform's API as white. @throws UserError when it does not answer as it should. */
export async function askPlatform<T>(running: RuntimeFile, path: string): Promise<T> {
  const response = await fetch(`${running.url}${path}`, {
    headers: { authorization: `Bearer ${running.whiteToken}` },
    signal: AbortSignal.timeout(10_000),
  }).catch((error: unknown) => {
    throw new UserError(
      `Kilp (pid ${running.pid}) does not answer at ${running.url}: ${error instanceof Error ? error.message : error}`,
    )
  })
  if (!response.ok)
    throw new UserError(`${path} answered ${response.status}: ${(await response.text()).slice(0, 300)}`)
  return (await response.json()) as T
}
