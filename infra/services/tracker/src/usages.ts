import type { Answer } from '../../kit/ask-register.ts'
import type { Lang } from '../../kit/html.ts'
import type { SubsystemName } from '../../kit/members.ts'

/** One use of a person's data (Data Tracker interface 2.x). */
export interface Usage {
  readonly logtime: string
  readonly action: string
  readonly receiverCode: string
  readonly receiverName: string
  readonly receiverSystem: string
}

export interface Usages {
  /** Of all that there are; `usages` are the newest of them. */
  readonly total: number
  readonly usages: readonly Usage[]
}

export interface RegisterUsage {
  readonly register: SubsystemName
  readonly name: string
  readonly answer: Answer<Usages>
}

/** About whom, from when to when (RFC 3339; null is open), and how many rows of each register at most. */
export interface Question {
  readonly of: string
  readonly from: string | null
  readonly to: string | null
  readonly limit: number
  readonly lang: Lang
  /** This register alone; nothing or '': all. */
  readonly only?: string | undefined
}
