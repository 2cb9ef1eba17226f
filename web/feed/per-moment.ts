import type { State } from '#exercise/fold/state.ts'

/**
 * What is computed of a state at a moment is computed once, however many parts of a page ask for it. `keyOf` tells questions apart; what was
 * asked of an earlier moment is forgotten.
 */
export function perMoment<Asked extends readonly unknown[], Answer>(
  compute: (state: State, atMs: number, ...asked: Asked) => Answer,
  keyOf: (...asked: Asked) => string,
): (state: State, atMs: number, ...asked: Asked) => Answer {
  let moment: { readonly state: State; readonly atMs: number } | null = null
  const answers = new Map<string, Answer>()
  return (state, atMs, ...asked) => {
    if (moment?.state !== state || moment.atMs !== atMs) {
      moment = { state, atMs }
      answers.clear()
    }
    const key = keyOf(...asked)
    const known = answers.get(key)
    if (known !== undefined) return known
    const answer = compute(state, atMs, ...asked)
    answers.set(key, answer)
    return answer
  }
}
