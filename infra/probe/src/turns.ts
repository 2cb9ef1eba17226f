import { randomStream } from '../../services/kit/nation/random.ts'

/** Somebody's turn in a run that is judged: the attacker's, or that of somebody who is entitled. */
export interface Turn {
  readonly who: 'attacker' | 'witness'
  /** Wait before it. ms */
  readonly waitMs: number
}

/** What can be done once only in a run: what the witness does, or all of it. `last`: the witness ends what there is to be attacked. */
export type Once = 'witness' | 'last' | 'all'

/** Most turns of each in one run. */
export const TURNS_OF_EACH = 3

const SOON_MS = [0, 400] as const
const LATER_MS = [1_500, 6_000] as const

/**
 * Who asks when, drawn for each run from its secret seed: attacker and witness, each more than once, for the same thing, at once or after a while, either of them first. Whoever tells them
 * apart by order, number or pauses refuses a witness or serves an attacker before long. `unhurried`: also with pauses as people make them. `witnessFirst`: it may ask before anybody attacked.
 */
export function turnsOf(
  seed: string,
  { unhurried, witnessFirst, once }: { unhurried: boolean; witnessFirst: boolean; once?: Once | undefined },
): readonly Turn[] {
  const random = randomStream(`turns/${seed}`)
  const between = ([least, most]: readonly [number, number]) => Math.round(least + random() * (most - least))
  const wait = () => (unhurried && random() < 0.4 ? between(LATER_MS) : unhurried ? between(SOON_MS) : 0)
  const turn = (who: Turn['who']): Turn => ({ who, waitMs: wait() })
  const [attacker, witness] = ['attacker', 'witness'] as const
  // In a proof, where nobody watches the clock, as often as it must be.
  const more = () => (unhurried && random() < 0.5 ? 2 : 1)
  if (once === 'all') return [{ who: attacker, waitMs: 0 }, turn(witness)]
  if (once) {
    const turns = Array.from({ length: more() + 1 }, () => turn(attacker))
    const earliest = witnessFirst ? 0 : 1
    const place =
      once === 'last' ? turns.length : earliest + Math.floor(random() * (turns.length + 1 - earliest))
    turns.splice(place, 0, turn(witness))
    return begun(turns)
  }
  const first =
    witnessFirst && random() < 0.5 ? [turn(witness), turn(attacker)] : [turn(attacker), turn(witness)]
  const rounds = Array.from({ length: more() }, () =>
    random() < 0.5 ? [turn(attacker), turn(witness)] : [turn(witness), turn(attacker)],
  )
  return begun([...first, ...rounds.flat()])
}

/** The first one waits for nobody. */
const begun = ([first, ...rest]: readonly Turn[]): readonly Turn[] =>
  first ? [{ ...first, waitMs: 0 }, ...rest] : []
