import { createHash } from 'node:crypto'
import {
  LABEL,
  LABEL_HOME,
  LABEL_NETWORK,
  LABEL_OWNER,
  LABEL_TEAM,
  type NetworkKind,
  networkName,
} from '../labels.ts'
import { gatewayOf } from './addresses.ts'
import type { NetworkPlan } from './deploy-plan.ts'

/** Whose containers and networks they are. */
export interface Owner {
  readonly exerciseId: string
  readonly home: string
  readonly owner?: string
}

export const labelsOf = (input: Owner, team: string): Readonly<Record<string, string>> => ({
  [LABEL]: input.exerciseId,
  [LABEL_TEAM]: team,
  [LABEL_HOME]: input.home,
  ...(input.owner ? { [LABEL_OWNER]: input.owner } : {}),
})

export function planNetwork(input: Owner, team: string, kind: NetworkKind, subnet: string): NetworkPlan {
  const id = createHash('sha256').update(`${input.exerciseId}/${team}`).digest('hex').slice(0, 8)
  return {
    name: networkName(input.exerciseId, team, kind),
    team,
    kind,
    subnet,
    gateway: gatewayOf(subnet),
    bridge: `kilp-${id}${kind[0]}`,
    labels: { ...labelsOf(input, team), [LABEL_NETWORK]: kind },
  }
}
