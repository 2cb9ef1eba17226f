import { createHash } from 'node:crypto'
import { hostname } from 'node:os'

/** Names and labels by which Kilp knows its own things in a shared engine. Nothing without our label is ever touched. */

/** On every container and network: the exercise. On images: `image`. On helper containers: the exercise too. */
export const LABEL = 'kilp'
export const LABEL_TEAM = 'kilp.team'
export const LABEL_SERVICE = 'kilp.service'
export const LABEL_NETWORK = 'kilp.network'
/** Which installation (data folder) made it, so that two of them can share one engine. */
export const LABEL_HOME = 'kilp.home'

/** The same in words, for people: machine and data folder. */
export const LABEL_OWNER = 'kilp.owner'
/** On what Kilp runs outside the enclaves: what it is for. */
export const LABEL_HELPER = 'kilp.helper'

/** Service name of the one container per enclave that plays citizens and attackers. */
export const PROBE = 'probe'
/** And of the one that makes lines of the enclave's traffic. */
export const SENSOR = 'sensor'
/** Whether a container of an enclave is the platform's, and no service of the team's. */
export const isPlatforms = (service: string | undefined): boolean => service === PROBE || service === SENSOR
export const IMAGE_OWNER = 'image'
/** In place of a team on what belongs to none: the reference and its probe, see enclave/reference.ts. No team can be called so. */
export const REFERENCE_TEAM = '_reference'
export const REFERENCE = 'reference'

export type NetworkKind = 'public' | 'state'

export const containerName = (exerciseId: string, team: string, service: string): string =>
  `kilp-${exerciseId}-${team}-${service}`

export const networkName = (exerciseId: string, team: string, kind: NetworkKind): string =>
  `kilp-${exerciseId}-${team}-${kind}`

/** Value of the `label` filter in engine requests. */
export const ownedBy = (exerciseId: string): string => `${LABEL}=${exerciseId}`

/** An installation in words: `host:/home/me/kilp/.kilp/data`. */
export const ownerOf = (folder: string): string => `${hostname()}:${folder}`

/** Short name of an installation: this machine and a folder of it (the data folder of a platform, say). */
export const homeOf = (folder: string): string =>
  createHash('sha256').update(ownerOf(folder)).digest('hex').slice(0, 8)
