import { askRegister } from '../../kit/ask-register.ts'
import { isSubsystem, MEMBERS, type SubsystemName } from '../../kit/members.ts'
import type { XroadClient } from '../../kit/xroad-client.ts'

/** Which registers of this state keep a journal that the tracker may ask. */
export type Registers = () => Promise<readonly SubsystemName[]>

const FRESH_MS = 60_000

/**
 * Registers that are deployed and offer `findUsage` to the tracker, as the security server says (metaservice `allowedMethods`), which is asked
 * again after a minute. A register stays one once it was known, and counts as one while X-Road says nothing: it may be silent, but never vanishes.
 */
export function openRegisters(xroad: XroadClient, deployed: readonly string[], now = Date.now): Registers {
  const candidates = Object.keys(MEMBERS).filter(
    (name): name is SubsystemName => isSubsystem(name) && deployed.includes(name) && name !== 'tracker',
  )
  const keepsJournal = new Map<SubsystemName, boolean>()
  let freshUntil = 0
  let asking: Promise<unknown> | undefined

  const ask = async (register: SubsystemName): Promise<boolean> => {
    const answer = await askRegister(xroad, { service: `${register}/allowedMethods` }, offersUsage)
    if (answer.asked) keepsJournal.set(register, answer.value || keepsJournal.get(register) === true)
    return answer.asked
  }
  const askAll = async (): Promise<void> => {
    const answers = await Promise.all(candidates.map(ask))
    freshUntil = answers.every(Boolean) ? now() + FRESH_MS : 0
  }
  return async () => {
    if (now() >= freshUntil) {
      asking ??= askAll().finally(() => {
        asking = undefined
      })
      await asking
    }
    return candidates.filter((register) => keepsJournal.get(register) !== false)
  }
}

function offersUsage({ service }: Record<string, unknown>): boolean {
  if (!Array.isArray(service)) throw new Error('X-Road names no services')
  return service.some((one) => Object(one).service_code === 'findUsage')
}
