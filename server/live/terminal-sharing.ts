import type { TerminalAccess } from '../exercise/ledger/terminal-events.ts'

/** From least to most. */
const ACCESSES: readonly TerminalAccess[] = ['nobody', 'look', 'write']

export const allows = (has: TerminalAccess, wants: TerminalAccess): boolean =>
  ACCESSES.indexOf(has) >= ACCESSES.indexOf(wants)

/** What colleagues may do in a terminal, as this process lets them: given only once it is on record, taken back before that. */
export interface Sharing {
  of(terminal: string): TerminalAccess
  /** How often something was taken back: whoever asked before the last time has asked for what is no longer given. */
  takenBack(terminal: string): number
  /** `record` resolves once it is in the ledger, or not. Of two that overlap, what was asked last is so. */
  share<T extends { readonly ok: boolean }>(
    terminal: string,
    access: TerminalAccess,
    record: () => Promise<T>,
  ): Promise<T>
  forget(terminal: string): void
}

interface Shared {
  access: TerminalAccess
  takenBack: number
  asked: number
}

/** `lowered` hears at once when something is taken back. */
export function openSharing(lowered: (terminal: string, access: TerminalAccess) => void): Sharing {
  const known = new Map<string, Shared>()
  const sharedOf = (terminal: string): Shared => {
    const shared = known.get(terminal) ?? { access: 'nobody', takenBack: 0, asked: 0 }
    known.set(terminal, shared)
    return shared
  }
  return {
    of: (terminal) => known.get(terminal)?.access ?? 'nobody',
    takenBack: (terminal) => known.get(terminal)?.takenBack ?? 0,
    async share(terminal, access, record) {
      const shared = sharedOf(terminal)
      shared.asked += 1
      const { asked } = shared
      if (!allows(access, shared.access)) {
        shared.access = access
        shared.takenBack += 1
        lowered(terminal, access)
      }
      const recorded = await record()
      if (recorded.ok && asked === shared.asked) shared.access = access
      return recorded
    },
    forget: (terminal) => known.delete(terminal),
  }
}
