import { resolve } from 'node:path'
import { formatDiagnostics } from '../scenario/diagnostics/format.ts'
import { checkScenario } from '../scenario/load.ts'
import { packFolders, scenarioFolder } from './settings.ts'

export interface CheckOptions {
  readonly json?: boolean
  readonly pack?: readonly string[]
}

/** `kilp check`: every error at once; ends with 1 when there is one. */
export async function runCheck(folder: string, options: CheckOptions): Promise<void> {
  const path = scenarioFolder(folder)
  const diagnostics = await checkScenario(path, { packs: packFolders(options.pack) })
  if (options.json) process.stdout.write(`${JSON.stringify({ diagnostics }, null, 2)}\n`)
  else if (diagnostics.length === 0) process.stdout.write(`${resolve(path)}: no errors\n`)
  else process.stdout.write(`${formatDiagnostics(diagnostics)}\n`)
  if (diagnostics.some((d) => d.severity === 'error')) process.exitCode = 1
}
