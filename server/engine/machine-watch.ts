import { PLATFORM } from '../exercise/ledger/actor.ts'
import type { Engine } from './engine.ts'
import type { Range } from './ports/ports.ts'

/** What the range sees of the machines that carry its enclaves goes into the ledger. */
export function followMachines(
  engine: Engine,
  range: Pick<Range, 'watchMachines'>,
  fault: (what: string, error: unknown) => void,
): void {
  range.watchMachines(({ away, machine, name, teams }) => {
    const said = away
      ? ({ type: 'report-machine-lost', data: { machine, name, teams } } as const)
      : ({ type: 'report-machine-returned', data: { machine } } as const)
    engine.submit(said, PLATFORM).catch((error) => fault(said.type, error))
  })
}
