import { accept, type Deciders, fact, nothing, refuse, withTeam, wrongPhase } from './decision.ts'
import type { KeyCommands } from './key-commands.ts'

/** Keys that a team may have at once. */
export const MAX_KEYS = 16
/** An RSA key of 8192 bits is shorter. */
const KEY_LENGTH = 2_000

export const keys: Deciders<keyof KeyCommands> = {
  'register-key': (state, command, at) =>
    withTeam(state, command.data.team, (team) => {
      const { key, fingerprint } = command.data
      const { by } = command
      if (state.phase === 'ended') return wrongPhase(state, command)
      if (by.kind !== 'seat' || key === '' || key.length > KEY_LENGTH)
        return refuse('bad-key', 'That is no public key that opens anything here.')
      if (team.sshKeys.some((one) => one.key === key)) return nothing
      if (team.sshKeys.length >= MAX_KEYS)
        return refuse('too-many-keys', `A team may have ${MAX_KEYS} keys. Remove one first.`, {
          max: MAX_KEYS,
        })
      return accept(fact('key.registered', at, { team: team.id, key, fingerprint, by }))
    }),

  'remove-key': (state, { data: { team: id, fingerprint }, by }, at) =>
    withTeam(state, id, (team) =>
      team.sshKeys.some((one) => one.fingerprint === fingerprint)
        ? accept(fact('key.removed', at, { team: team.id, fingerprint, by }))
        : nothing,
    ),
}
