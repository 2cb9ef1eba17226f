import { accept, type Deciders, fact, nothing, refuse, standing, withTeam, wrongPhase } from './decision.ts'

type Machines = 'report-machine-lost' | 'report-machine-returned' | 'move-enclave' | 'report-moved'

/** What is heard of the machines that carry enclaves. What a machine that is away carries is not known, so that its teams neither win nor lose by it. [SC29] */
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
  'move-enclave': (state, command, at) =>
    withTeam(state, command.data.team, ({ id }) => {
      if (!standing(state)) return wrongPhase(state, command)
      if (state.moving.includes(id)) return nothing
      if (!state.machinesAway.some(({ teams }) => teams.includes(id)))
        return refuse(
          'machine-answers',
          `The machine that carries the enclave of ${id} answers: it stays where it stands.`,
          { team: id },
        )
      return accept(fact('enclave.move-began', at, { team: id, by: command.by }))
    }),
  'report-moved': (state, { data }, at) =>
    state.moving.includes(data.team)
      ? accept(fact('enclave.moved', at, { ...data, reason: data.reason.slice(0, 1_000) }))
      : nothing,
}
