import type { ContainerEngine } from '../engine-api/docker.ts'

/** A node of the Swarm that carries enclaves. */
export interface SwarmNode {
  readonly id: string
  /** For people: its host name, with the beginning of its id where another one is called so too. */
  readonly name: string
  readonly address: string
  readonly cores: number
  readonly memoryMiB: number
  /** For the range. */
  readonly labelled: boolean
  /** Whether the manager hears of it, and would give it work. */
  readonly ready: boolean
}

/** By this label a node says that enclaves may be played on it. */
export const NODE_LABEL = 'kilp.range'
/** The nodes that play, as Swarm's constraints say it. */
export const RANGE_NODE = `node.labels.${NODE_LABEL}==true`

interface NodeInfo {
  readonly ID: string
  readonly Spec: { readonly Availability: string; readonly Labels?: Readonly<Record<string, string>> }
  readonly Description: {
    readonly Hostname: string
    readonly Resources: { readonly NanoCPUs: number; readonly MemoryBytes: number }
  }
  readonly Status: { readonly State: string; readonly Addr: string }
  readonly ManagerStatus?: { readonly Addr: string }
}

/** All nodes of the Swarm, also those that are away. Rejects when the engine is no manager. */
export const allNodes = async (manager: ContainerEngine): Promise<readonly SwarmNode[]> =>
  named((await manager.listNodes()) as readonly NodeInfo[])

/** Those that are labelled for the range. */
export const nodesOf = async (manager: ContainerEngine): Promise<readonly SwarmNode[]> =>
  (await allNodes(manager)).filter(({ labelled }) => labelled)

/** Pure. */
export function named(all: readonly NodeInfo[]): readonly SwarmNode[] {
  const names = all.map(({ Description }) => Description.Hostname)
  return all.map(({ ID, Spec, Description, Status, ManagerStatus }) => ({
    id: ID,
    name:
      names.filter((name) => name === Description.Hostname).length > 1
        ? `${Description.Hostname}-${ID.slice(0, 4)}`
        : Description.Hostname,
    // A manager may know itself by an address that leads nowhere else.
    address: ManagerStatus ? hostOf(ManagerStatus.Addr) : Status.Addr,
    cores: Description.Resources.NanoCPUs / 1e9,
    memoryMiB: Description.Resources.MemoryBytes / 2 ** 20,
    labelled: Spec.Labels?.[NODE_LABEL] === 'true',
    ready: Status.State === 'ready' && Spec.Availability === 'active',
  }))
}

/** Without the port; one of IPv6 without its brackets, as a socket wants it. */
const hostOf = (address: string): string =>
  address.slice(0, address.lastIndexOf(':')).replace(/^\[(.*)\]$/, '$1')
