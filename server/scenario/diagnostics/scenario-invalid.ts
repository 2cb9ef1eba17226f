import type { Diagnostic } from './diagnostics.ts'
import { formatDiagnostics } from './format.ts'

/** Thrown by `loadScenario` with everything that is wrong at once; the message shows it all to a person. */
export class ScenarioInvalid extends Error {
  override name = 'ScenarioInvalid'
  readonly diagnostics: readonly Diagnostic[]
  constructor(folder: string, diagnostics: readonly Diagnostic[]) {
    super(`${folder} can not be played:\n\n${formatDiagnostics(diagnostics)}`)
    this.diagnostics = diagnostics
  }
}
