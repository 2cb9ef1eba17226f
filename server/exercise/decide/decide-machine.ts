import { accept, type Deciders, fact, nothing, standing } from './decision.ts'

type Machines = 'report-machine-lost' | 'report-machine-returned'

/** What is heard of the machines that carry enclaves. What a machine that is away carries is not known, so that its teams neither win nor lose by it. */
export const machines: Deciders<Machines> = {
  'report-machine-lost': (state, { data }, at) =>
    standing(state) && !state.machinesAway.some(({ machine }) => machine === data.machine)
      ? accept(fact('machine.lost', at, data))
      : nothing,
  'report-machine-returned': (state, { data }, at) => {
    const known = state.machinesAway.find(({ machine }) => machine === data.machine)
    return known && standing(state)
      ? accept(fact('machine.returned', at, { machine: known.machine, name: known.name }))
      : nothing
  },
}
