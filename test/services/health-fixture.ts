import { measurement } from '../../infra/services/health/src/documents.ts'
import { FhirError } from '../../infra/services/health/src/fhir.ts'

export const MARI = '48803022712'
export const DOCTOR = { id: 'D10001', name: 'Jaan Tamm' }
export const head = { patient: MARI, writer: DOCTOR, at: '2026-05-03T10:00:00+03:00' }
export const result = measurement(head, '4548-4', 6.1)

/** The OperationOutcome's status, code and place of what `run` throws. */
export function refusal(run: () => unknown): readonly unknown[] {
  try {
    run()
  } catch (error) {
    if (error instanceof FhirError) return [error.status, error.code, error.expression]
    throw error
  }
  return ['nothing']
}
