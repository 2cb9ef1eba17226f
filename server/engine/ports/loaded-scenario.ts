import type { Scenario, Team } from '../../exercise/scenario/model.ts'
import type { Attached, ScenarioPages } from './kept-file.ts'
import type { Script } from './script.ts'

/** What a range is built from: the part of a loaded scenario that the pure core does not need. Paths are absolute. */
export interface RangeSpec {
  readonly services: readonly ServiceSpec[]
  /** Key `<service>/<journey>`. */
  readonly journeys: Readonly<Record<string, Script>>
  /** Key: weakness id `<service>/<name>`. */
  readonly exploits: Readonly<Record<string, Script>>
  /** Of weaknesses whose foothold is something else than the exploit's working again. */
  readonly footholds: Readonly<Record<string, Script>>
  /** What the witness of a weakness does, with the same setup and nobody attacking. */
  readonly witnesses: Readonly<Record<string, Script>>
}

export interface ServiceSpec {
  readonly id: string
  /** Of its sources and Dockerfile: two services may run the same. */
  readonly folder: string
  readonly networks: readonly ('public' | 'state')[]
  readonly needs: readonly string[]
  readonly memoryMiB: number
  readonly cpus: number
  readonly pids: number
  readonly capabilities: readonly string[]
  readonly readyWithinMs: number
  /** Id of its light check: the service is ready when that passes. */
  readonly alive: string
  /** Values with templates, see infra/README.md. */
  readonly env: Readonly<Record<string, string>>
  /** It collects what all services of the enclave write. */
  readonly collector?: true
  /** Patches that the scenario plants, in order. */
  readonly plants: readonly { readonly weakness: string; readonly patch: string }[]
}

export interface NamedPatch {
  readonly name: string
  readonly patch: string
}

/** Everything `loadScenario` reads: the pure part, the range part, and what sparring pilots may type. */
export interface LoadedScenario {
  readonly scenario: Scenario
  /** SHA-256 over every file that the exercise depends on. */
  readonly hash: string
  /** The same for each of them by itself, so that it can be said which one is another than it was. */
  readonly files: Readonly<Record<string, string>>
  readonly teams: readonly Team[]
  /** Files that come with its messages, each once. */
  readonly attached?: readonly Attached[]
  /** What it brings for people to read. */
  readonly pages?: ScenarioPages
  readonly range: RangeSpec
  /** Per weakness: texts of patches. Wrong fixes, and other correct ones, are patches of the planted source. */
  readonly patches: Readonly<
    Record<
      string,
      {
        readonly plant: string
        /** It reversed: the reference fix. */
        readonly fix: string
        readonly wrongFixes: readonly NamedPatch[]
        readonly otherFixes: readonly NamedPatch[]
        readonly journeys: readonly string[]
        /** Shell text that takes away what a landed exploit left behind; empty where it leaves nothing. */
        readonly cleanup: string
        /** It leaves something behind that outlives the hole. */
        readonly foothold: boolean
        /** It names who is entitled to what the attacker wants. */
        readonly witness: boolean
        /** Weaknesses whose loot its scripts use, each after those that it needs itself. */
        readonly lootFrom: readonly string[]
      }
    >
  >
}
