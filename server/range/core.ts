import type { RangeSpec } from '../engine/ports/loaded-scenario.ts'
import type { Range } from '../engine/ports/ports.ts'
import type { ContainerEngine } from './engine-api/docker.ts'
import type { Stranger } from './isolation/targets.ts'
import type { RangeLog } from './log.ts'
import type { ProbeLink } from './probe/probe-link.ts'
import type { RunContext } from './probe/run.ts'

export interface RangeOptions {
  readonly docker: ContainerEngine
  readonly exerciseId: string
  /** The exercise's random seed; every secret of every enclave comes from it. */
  readonly seed: string
  readonly spec: RangeSpec
  /** Names this installation among others on the same engine, see `homeOf`; of the checkout unless given. */
  readonly home?: string
  /** The same in words, see `ownerOf`. */
  readonly owner?: string
  /** Address pool; unless given the first of ours with room, see addresses.ts. */
  readonly pool?: string
  /** Absolute path of the `infra` folder. */
  readonly infra: string
  /** Folder for downloads that later runs use again; `.kilp/cache` beside `infra` unless given. */
  readonly cache?: string
  /** What the containers of a team may hold of the engine's disk, in MiB; else its part of what is free, see share/disk-rule.ts. */
  readonly teamDiskMiB?: number
  /** Which of several machines this is, and whether it is known not to answer; the one and only unless given. */
  readonly machine?: { readonly name: string; readonly away: () => boolean }
  /** Listeners on other machines of the range, which no enclave may reach either. */
  readonly beyond?: () => readonly Stranger[]
  readonly log: RangeLog
  /** Lines for whoever deploys: what was changed on the engine's machine, where the enclaves are when not where they usually are. */
  readonly say?: (line: string) => void
}

/** What `deploy` and `adopt` share with the open range. */
export interface RangeCore extends RangeOptions {
  readonly home: string
  readonly cache: string
  /** Opens (or gives) the line to a team's probe. */
  link(team: string): ProbeLink
  context(team: string): RunContext
  /** Throws once the range is closed: what is under way must make nothing more. */
  stillOpen(): void
}

/** A range on one engine. */
export interface EngineRange extends Range {
  /** Its enclave stands elsewhere from now on: what is here of it is nobody's. */
  release(team: string): void
}
