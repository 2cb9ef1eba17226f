import { join } from 'node:path'
import { homeOf } from '../range/labels.ts'
import { addressesIn } from './network.ts'
import { LabProblem } from './problem.ts'

/** A place at the switch of a lab. */
export interface LabPlace {
  /** Its port on the switch: `n1`. */
  readonly name: string
  readonly address: string
  /** Network namespace, as `ip netns` lists it. */
  readonly namespace: string
}

/** One engine of a lab, as a machine of its own with its place's name: a network namespace, an address, a folder. */
export interface LabNode extends LabPlace {
  readonly folder: string
  /** Where its engine listens, on this machine. */
  readonly socket: string
}

export interface LabPlan {
  /** Begins the names of its namespaces, and is that of its control group: another folder has another lab. */
  readonly name: string
  readonly folder: string
  /** CIDR of a /24. */
  readonly network: string
  /** Namespace of the switch. */
  readonly switch: string
  /** The first is the manager of the swarm. */
  readonly nodes: readonly LabNode[]
  /** Where a platform runs that reaches the nodes. */
  readonly platform: LabPlace
}

const MOST_NODES = 16
/** The kernel takes no longer path for a socket. */
const LONGEST_SOCKET = 107

/** Name of the lab in a folder. */
export const labName = (folder: string): string => `kilp-lab-${homeOf(folder)}`

/** Pure: a lab of so many nodes. @param folder absolute @throws LabProblem */
export function planLab(folder: string, network: string, count: number): LabPlan {
  if (!Number.isInteger(count) || count < 1 || count > MOST_NODES)
    throw new LabProblem(`A lab has 1 to ${MOST_NODES} nodes: say so many, as --nodes 3`)
  const name = labName(folder)
  const [platform = '', ...addresses] = addressesIn(network, count + 1).toReversed()
  const nodes = addresses.toReversed().map((address, index) => {
    const node = `n${index + 1}`
    const own = join(folder, node)
    return {
      name: node,
      address,
      namespace: `${name}-${node}`,
      folder: own,
      socket: join(own, 'docker.sock'),
    }
  })
  const longest = nodes.at(-1)?.socket ?? ''
  if (Buffer.byteLength(longest) > LONGEST_SOCKET)
    throw new LabProblem(
      `The path of an engine's socket may have ${LONGEST_SOCKET} bytes, and ${longest} has ${Buffer.byteLength(longest)}: put the project into a folder with a shorter path`,
    )
  return {
    ...{ name, folder, network, nodes },
    switch: `${name}-switch`,
    platform: { name: 'platform', address: platform, namespace: `${name}-platform` },
  }
}

/** @throws LabProblem that names those that there are */
export function nodeOf(plan: LabPlan, name: string): LabNode {
  const node = plan.nodes.find((one) => one.name === name)
  if (node) return node
  throw new LabProblem(
    `The lab has no node "${name}". It has ${plan.nodes.map((one) => one.name).join(', ')}`,
  )
}

/** For `DOCKER_HOST`. */
export const hostOf = ({ socket }: LabNode): string => `unix://${socket}`
