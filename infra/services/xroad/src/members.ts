/**
 * Members of the X-Road instances MM and JP, which are federated, their services, and who may use them, one file each in members/. Each security server reads this at start.
 * A right is given to a subsystem, for a whole service (`all`) or for endpoints of it. In a path, `*` is any one segment.
 */
import type { Instance } from '../../kit/members.ts'
import { assistant } from './members/assistant.ts'
import { health } from './members/health.ts'
import { withJoined } from './members/joined.ts'
import { type Subsystem, subsystem } from './members/model.ts'
import { mynumber } from './members/mynumber.ts'
import { population } from './members/population.ts'
import { portal } from './members/portal.ts'
import { school } from './members/school.ts'
import { sign } from './members/sign.ts'
import { tax } from './members/tax.ts'
import { tracker } from './members/tracker.ts'
import { vote } from './members/vote.ts'
import { wallet } from './members/wallet.ts'

export type { Access, Endpoint, Service, ServiceType, Subsystem } from './members/model.ts'

/** Identifiers of the security servers. */
export const SERVER_IDS: Readonly<Record<Instance, string>> = {
  MM: 'MM/GOV/70000003/xroad',
  JP: 'JP/GOV/1000012/xroad-jp',
}

export const SUBSYSTEMS: readonly Subsystem[] = withJoined([
  population,
  tax,
  portal,
  health,
  school,
  vote,
  sign,
  wallet,
  assistant,
  tracker,
  // These only ask.
  subsystem('eid'),
  subsystem('municipality'),
  subsystem('clinic'),
  subsystem('bank'),
  // Japan's
  mynumber,
  subsystem('immigration'),
])
