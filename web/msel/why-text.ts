import type { State } from '#exercise/fold/state.ts'
import { VERDICTS } from '#exercise/scenario/words.ts'
import type { WhyNot } from '#exercise/schedule/why-not.ts'
import type { Say } from '../kit/i18n/use-say.ts'

/** Why an entry has not come, in the viewer's words: ids become names. */
export function whyText(
  say: Say,
  { scenario }: Pick<State, 'scenario'>,
  { code, params, sinceMs }: WhyNot,
): string {
  const { attacks, injects, services, phases, tutor, world } = scenario
  // A note is called by its own words.
  const notes = tutor.map(({ id, text }) => ({ id, title: text }))
  const titled = <T extends { readonly id: string; readonly title: Parameters<Say['text']>[0] }>(
    list: readonly T[],
    id: string | number | undefined,
  ) => {
    const found = list.find((one) => one.id === id)
    return found ? say.text(found.title) : String(id ?? '')
  }
  const verdicts = String(params.is ?? '')
    .split(',')
    .flatMap((is) => VERDICTS.find((known) => known === is) ?? [])
    .map((is) => say(`state.exact.${is}`))
  const text = say(`why.${code}`, {
    entry:
      params.entry === undefined
        ? say('why.any')
        : titled([...attacks, ...injects, ...world, ...notes], params.entry),
    phase: titled(phases, params.phase),
    service: titled(services, params.service),
    is: say.list(verdicts),
    time: say.clock(Number(params.untilMs ?? 0)),
    share: say.percent(Number(params.share ?? 0)),
  })
  if (sinceMs === null || sinceMs <= 0) return text
  return say.sentences([text, say('why.since', { time: say.clock(sinceMs) })])
}
