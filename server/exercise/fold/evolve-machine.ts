import type { RecordedOf } from '../ledger/events.ts'
import type { MachinePayloads } from '../ledger/machine-events.ts'
import type { Draft } from './draft.ts'
import { tell } from './story.ts'

/** Machines that carry enclaves: one handler for each of their facts. */
export const machineHandlers: {
  readonly [T in keyof MachinePayloads]: (draft: Draft, event: RecordedOf<T>) => void
} = {
  'machine.lost': (draft, event) => {
    const { machine, name, teams } = event.data
    draft.root.machinesAway = [...draft.root.machinesAway, { machine, name, teams, sinceMs: event.at }]
    tell(draft, event, 'warning', 'machine.lost', { params: { n: teams.length } })
  },
  'machine.returned': (draft, event) => {
    const { machine } = event.data
    draft.root.machinesAway = draft.root.machinesAway.filter((one) => one.machine !== machine)
    tell(draft, event, 'good', 'machine.returned')
  },
  'enclave.move-began': (draft, event) => {
    const { team } = event.data
    draft.root.moving = [...draft.root.moving, team]
    tell(draft, event, 'neutral', 'enclave.move-began', { team })
  },
  'enclave.moved': (draft, event) => {
    const { team, ok, changes } = event.data
    draft.root.moving = draft.root.moving.filter((one) => one !== team)
    if (!ok) return tell(draft, event, 'bad', 'enclave.move-failed', { team })
    draft.root.machinesAway = draft.root.machinesAway
      .map((one) => ({ ...one, teams: one.teams.filter((its) => its !== team) }))
      .filter(({ teams }) => teams.length > 0)
    const kept = changes.filter(({ savedWall }) => savedWall !== null).length
    tell(draft, event, 'good', 'enclave.moved', { team, params: { kept, lost: changes.length - kept } })
  },
}
