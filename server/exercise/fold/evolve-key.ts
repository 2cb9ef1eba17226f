import type { RecordedOf } from '../ledger/events.ts'
import type { KeyPayloads } from '../ledger/key-events.ts'
import { type Draft, teamIn } from './draft.ts'

/** Public keys of teams, for their tools. */
export const keyHandlers: {
  readonly [T in keyof KeyPayloads]: (draft: Draft, event: RecordedOf<T>) => void
} = {
  'key.registered': (draft, { at, data: { team: id, key, fingerprint, by } }) => {
    const team = teamIn(draft, id)
    if (!team || by?.kind !== 'seat') return
    team.sshKeys = [...team.sshKeys, { key, fingerprint, seatId: by.seatId, by, sinceMs: at }]
  },
  'key.removed': (draft, { data: { team: id, fingerprint } }) => {
    const team = teamIn(draft, id)
    if (team) team.sshKeys = team.sshKeys.filter((one) => one.fingerprint !== fingerprint)
  },
}
