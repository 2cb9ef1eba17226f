import type { FileRef } from '../../exercise/scenario/inject.ts'

/** A file that the store keeps beside the ledger, under the hash of its content. */
export interface KeptFile extends FileRef {
  /** The team that uploaded it; empty: it came with the scenario. Each owner has its own, of the same content too. */
  readonly owner: string
  /** When it was kept first. */
  readonly wall: number
}

/** What a scenario brings for people to read, as Markdown by language, and the language that stands in for others. */
export interface ScenarioPages {
  readonly first: string
  /** `briefing.md`, for all seats. */
  readonly briefing: Readonly<Record<string, string>>
  /** `instructor.md`, for white alone. */
  readonly instructor: Readonly<Record<string, string>>
}

/** A file of a scenario folder that comes with a message. */
export interface Attached extends FileRef {
  /** Within the folder. */
  readonly path: string
  /** Where it is now, absolute. */
  readonly place: string
}
