import { NATION_YEAR } from '../../kit/nation/nation.ts'
import type { XroadClient } from '../../kit/xroad-client.ts'
import { FhirError, fields, items } from './fhir.ts'

export interface Child {
  readonly code: string
  readonly name: string
}

const OF_AGE = 18

/** Whether somebody born on a day (`YYYY-MM-DD`) is under age. Ages count in the seeded nation's own year. */
export const isUnderAge = (birth: string): boolean => NATION_YEAR - Number(birth.slice(0, 4)) < OF_AGE

/**
 * Children under age of a person, as the population register has them now, asked in the person's own name.
 * @throws FhirError 503 when the register does not answer: without it nobody is shown to be a parent
 */
export async function childrenOf(xroad: XroadClient, code: string): Promise<readonly Child[]> {
  const call = { service: 'population/persons', path: `/${encodeURIComponent(code)}/family`, user: code }
  const reply = await xroad(call).catch((error: unknown) => {
    console.error(`population: ${String(error)}`)
    return null
  })
  if (reply?.status !== 200)
    throw new FhirError(503, 'transient', 'The population register does not answer; try again in a moment')
  return items(fields(reply.json()).relatives)
    .map(fields)
    .filter(({ tie, birth }) => tie === 'child' && isUnderAge(String(birth)))
    .map(({ code: child, given, family }) => ({ code: String(child), name: `${given} ${family}` }))
}
