import type { CheckPayloads } from '../ledger/check-events.ts'
import type { RecordedOf } from '../ledger/events.ts'
import type { Draft } from './draft.ts'

const NONE = { light: 0, full: 0, unknown: 0 }

/** How often teams were looked at, added up. */
export const checkHandlers: {
  readonly [T in keyof CheckPayloads]: (draft: Draft, event: RecordedOf<T>) => void
} = {
  'checks.counted': (draft, { at, data }) => {
    const teams = { ...draft.root.checks?.teams }
    for (const [id, { light, full, unknown }] of Object.entries(data.teams)) {
      const known = teams[id] ?? NONE
      teams[id] = {
        light: known.light + light,
        full: known.full + full,
        unknown: known.unknown + unknown,
      }
    }
    draft.root.checks = { atMs: at, teams }
  },
}
