import { type Answer, type Asker, askRegister } from '../../kit/ask-register.ts'
import type { XroadClient } from '../../kit/xroad-client.ts'

export interface PersonData {
  readonly code: string
  readonly given: string
  readonly family: string
  readonly birth: string
  readonly address: string | null
  readonly municipality: string | null
  readonly phone: string
}

export interface TaxReturn {
  readonly id: number
  readonly year: number
  readonly state: string
  readonly refund: number | null
}

/** What a pupil has before them. */
export interface SchoolSummary {
  readonly openTasks: number
  readonly newGrades: number
}

export const personData = (xroad: XroadClient, asker: Asker, code: string): Promise<Answer<PersonData>> =>
  askRegister(
    xroad,
    { service: 'population/persons', path: `/${code}`, ...asker },
    (body) => body as unknown as PersonData,
  )

export const taxReturns = (
  xroad: XroadClient,
  asker: Asker,
  code: string,
): Promise<Answer<readonly TaxReturn[]>> =>
  askRegister(
    xroad,
    { service: 'tax/declarations', path: `/${code}`, ...asker },
    ({ declarations }) => declarations as TaxReturn[],
  )

/** Null for somebody who is no pupil. */
export const schoolSummary = (
  xroad: XroadClient,
  asker: Asker,
  code: string,
): Promise<Answer<SchoolSummary | null>> =>
  askRegister(
    xroad,
    { service: 'school/summary', path: `/${code}`, ...asker },
    ({ summary }) => summary as SchoolSummary | null,
  )
