import type { Team } from '../scenario/model.ts'
import type { Text } from '../scenario/words.ts'

/** A scenario that may be started, with what whoever chooses wants to know of it. */
export interface ScenarioCard {
  /** On the platform’s machine, with further folders of services and weaknesses. */
  readonly folder: string
  readonly packs: readonly string[]
  readonly title: Text
  readonly summary: Text
  /** What all seats read of it, as Markdown by code of the language; `first` stands in for others. Null: nothing was written. */
  readonly briefing: {
    readonly first: string
    readonly texts: Readonly<Record<string, string>>
  } | null
  readonly durationMs: number
  /** Those that may take part, in their order. */
  readonly teams: readonly Pick<Team, 'id' | 'name' | 'pilot'>[]
  readonly services: number
  readonly attacks: number
  readonly messages: number
  /** Containers of one enclave, and the memory that they may take at most, MiB. */
  readonly containers: number
  readonly memoryMiB: number
  /** So many enclaves of it the engine's machine carries beside what runs on it now; null: it could not be asked. */
  readonly carries: number | null
}

/** A folder that should be a scenario and is none that can be played. */
export interface ScenarioFault {
  readonly folder: string
  readonly fault: string
}
