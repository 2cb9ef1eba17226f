import type { State } from '#exercise/fold/state.ts'
import type { TurningPoint } from '#exercise/views/turning-points.ts'
import type { Say } from '../kit/i18n/use-say.ts'

/** A turning point in words. */
export function turnText(say: Say, state: State, one: TurningPoint): string {
  const named = state.teams.find(({ id }) => id === one.team)
  const team = named ? say.text(named.name) : one.team
  const nameOf = (service: string) => {
    const found = state.scenario.services.find(({ id }) => id === service)
    return found ? say.text(found.title) : service
  }
  switch (one.kind) {
    case 'note':
      return say('turn.note', { text: one.text })
    case 'outage':
      return say('turn.outage', {
        span: say.span(one.forMs),
        service: nameOf(one.service),
        team,
      })
    case 'chain':
      return say('turn.chain', {
        count: one.others,
        service: nameOf(one.service),
        team,
      })
    case 'swing':
      return say('turn.swing', { span: say.span(one.withinMs), points: say.points(one.points), team })
    default:
      return say(attackKey(one), { attack: say.text(one.attack), span: say.span(one.afterMs), team })
  }
}

/** Where an attack got into one team alone, that was neither first nor last. */
function attackKey({ kind, alone }: Extract<TurningPoint, { readonly alone: boolean }>) {
  if (!alone || kind === 'last-mended') return `turn.${kind}` as const
  return kind === 'first-landed' ? 'turn.landed' : 'turn.mended'
}
