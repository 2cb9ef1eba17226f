import { accept, type Deciders, fact, nothing, refuse, standing, withTeam } from './decision.ts'

type Isolation = 'report-isolation' | 'report-isolation-lost' | 'report-isolation-restored'

/** What the watch over the walls between enclaves says. While something is open the exercise neither starts nor goes on. */
export const isolation: Deciders<Isolation> = {
  'report-isolation': (state, { data }, at) =>
    withTeam(state, data.team, () => {
      if (state.phase !== 'deploying' && !standing(state)) return nothing
      const broken = data.checks.find((check) => !check.ok)
      if (!broken && data.checks.length > 0) return accept(fact('isolation.proven', at, data))
      const what = broken ? `${broken.name} (${broken.target}): ${broken.detail}` : 'nothing was checked'
      return refuse('not-isolated', `The enclave of ${data.team} is not proven isolated: ${what}.`, {
        team: data.team,
      })
    }),
  'report-isolation-lost': (state, { data }, at) => {
    if (!standing(state)) return nothing
    const what = data.what.slice(0, 1_000)
    // Said again and again while it can not be mended: once is enough.
    const { isolationLost: known } = state
    if (known && known.team === data.team && known.what === what) return nothing
    return accept(fact('isolation.lost', at, { team: data.team, what }))
  },
  'report-isolation-restored': (state, { data }, at) =>
    standing(state) && state.isolationLost
      ? accept(fact('isolation.restored', at, { lostMs: Math.max(0, Math.round(data.lostMs)) }))
      : nothing,
}
