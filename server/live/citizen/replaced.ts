import { setImmediate as turn } from 'node:timers/promises'

type Instead = (found: RegExpExecArray) => string

/** So many replaced until others have their turn: some milliseconds of a text that is made of nothing else. */
const AT_ONCE = 1_000

/** The text with what is found otherwise, in one pass. `what`: with `g`. */
export function replaced(text: string, what: RegExp, instead: Instead): string {
  const work = replacing(text, what, instead)
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
  }
}

/** The same with pauses in which the platform does all else. */
export async function replacedInTurns(text: string, what: RegExp, instead: Instead): Promise<string> {
  const work = replacing(text, what, instead)
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
    await turn()
  }
}

/** Yields after every so many. */
function* replacing(text: string, what: RegExp, instead: Instead): Generator<undefined, string, undefined> {
  // Of its own: another text is worked on meanwhile.
  const search = new RegExp(what)
  const parts: string[] = []
  let from = 0
  for (let n = 1, found = search.exec(text); found; found = search.exec(text), n++) {
    parts.push(text.slice(from, found.index), instead(found))
    from = found.index + found[0].length
    if (n % AT_ONCE === 0) yield
  }
  return from === 0 ? text : parts.join('') + text.slice(from)
}
