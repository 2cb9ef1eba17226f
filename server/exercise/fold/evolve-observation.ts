import type { RecordedOf } from '../ledger/events.ts'
import { OBSERVATION_KINDS, type ObservationPayloads } from '../ledger/observation-events.ts'
import { type Draft, own, ownList, pushBounded } from './draft.ts'
import type { ObservationState } from './observation-state.ts'

const VERSIONS_KEPT = 50

/** Changes an observation in place; one that is not there stays away, as for those who may not know of it. */
function change(
  draft: Draft,
  id: string,
  how: (before: ObservationState) => Partial<ObservationState>,
): void {
  const index = draft.root.observations.findIndex(({ observation }) => observation === id)
  const before = draft.root.observations[index]
  if (!before) return
  const observations = ownList(draft, draft.root.observations)
  observations[index] = Object.assign(own(draft, before), how(before))
  draft.root.observations = observations
}

/** The improvement plan: one handler for each of its facts. It is no news and moves no points. */
export const observationHandlers: {
  readonly [T in keyof ObservationPayloads]: (draft: Draft, event: RecordedOf<T>) => void
} = {
  'observation.recorded': (draft, { data, at, wall, position }) => {
    const observations = ownList(draft, draft.root.observations)
    observations.push({ ...data, atMs: at, wall, position, versions: [], withdrawn: false })
    draft.root.observations = observations
  },
  'observation.changed': (draft, { data, at, wall, position }) =>
    change(draft, data.observation, ({ versions }) => {
      const { field, value, by } = data
      const version = { field, value, by, atMs: at, wall, position }
      const said =
        field === 'kind'
          ? { kind: OBSERVATION_KINDS.find((one) => one === value) ?? 'improvement' }
          : { [field]: value }
      return { ...said, versions: pushBounded(draft, versions, version, VERSIONS_KEPT) }
    }),
  'observation.withdrawn': (draft, { data }) => change(draft, data.observation, () => ({ withdrawn: true })),
}
