import type { NetworkKind } from '../labels.ts'

/** A deploy as data: every network and container of every enclave, in the order to make them. Nothing here talks to an engine. */
export interface DeployPlan {
  readonly networks: readonly NetworkPlan[]
  /** Probes first, then services by what they need; within a level the teams take turns. */
  readonly containers: readonly ContainerPlan[]
}

export interface NetworkPlan {
  readonly name: string
  readonly team: string
  readonly kind: NetworkKind
  readonly subnet: string
  readonly gateway: string
  /** Name of the bridge on the host: starts `kilp-`, at most 15 characters, so that one host rule covers all. */
  readonly bridge: string
  readonly labels: Readonly<Record<string, string>>
}

export interface ContainerPlan {
  readonly name: string
  readonly team: string
  readonly service: string
  readonly image: string
  readonly level: number
  readonly env: Readonly<Record<string, string>>
  readonly memoryMiB: number
  readonly cpus: number
  readonly pids: number
  readonly capabilities: readonly string[]
  readonly interactive: boolean
  readonly healthEveryMs: number
  /** The first is where the container is created; it is connected to the others before it starts. */
  readonly attachments: readonly Attachment[]
  /**
   * Address of each service that it shares a network with. Names are looked up here and not with the engine, which leaves a question for the name of a
   * stopped container without answer for 20 s (measured).
   */
  readonly hosts: Readonly<Record<string, string>>
  readonly labels: Readonly<Record<string, string>>
  /** Its part of the processors, which nobody can take away. */
  readonly share: Share
  /** What it runs, where that is not what its image says. */
  readonly command?: readonly string[]
  /** The engine starts it again when it ends. */
  readonly restarts?: true
  /** Another container may share its memory under `/dev/shm`; and it can write nothing else. */
  readonly sharesMemory?: true
}

/**
 * Either the word of a control group, whose containers together have the weight of one team (1024), or a weight of its own beside those groups: what no team's
 * work may hold up.
 */
export type Share = { readonly group: string } | { readonly weight: number }

export interface Attachment {
  readonly network: string
  readonly kind: NetworkKind
  readonly address: string
}

/** Extra addresses of the probe in each network; citizens and attackers come from them alike. */
export const PROBE_ADDRESSES = 24
export const PROBE_LIMITS = { memoryMiB: 256, cpus: 1, pids: 64 }
/** Of the processors, where a team's containers together have 1024. */
export const PROBE_SHARE: Share = { weight: 512 }
