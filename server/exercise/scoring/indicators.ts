import type { AttackState } from '../fold/state.ts'

/** Shorter words say nothing. */
const LEAST = 5
/** What is read of a text at most. */
const NAMED_AT_MOST = 500

/** What stands in every request and answer, and in our own names of steps: nobody has seen an attack by it. */
const EVERYWHERE =
  /\bsteps\.\d+|^(accept[\w-]*|cache-control|connection|content-[\w-]+|date|host|keep-alive|server|transfer-encoding|user-agent|vary|x-powered-by):.*$|\bhttp\/[\d.]+/gm

export interface Indicators {
  /** How many different ones a text names ... */
  readonly named: number
  /** ... how many of them are seen in the evidence of an attack or in what it carried off ... */
  readonly seen: number
  /** ... and how many there are to be named. */
  readonly there: number
}

type Seen = Pick<AttackState, 'evidence' | 'closedEvidence'>

/** Indicators that stand in what was sent and received in an attack, in that order and as they were written: what a person who reads the evidence can name. */
export function indicatorsThere({ evidence, closedEvidence }: Seen, service: string): readonly string[] {
  const read = [evidence, closedEvidence].flatMap((one) => (one ? [one.sent, one.received] : [])).join('\n')
  const ground = read.toLowerCase()
  const bare = ground.replaceAll(EVERYWHERE, '')
  return indicatorsIn(bare, service)
    .map((word) => ({ word, from: ground.indexOf(word) }))
    .toSorted((a, b) => a.from - b.from)
    .map(({ word, from }) => read.slice(from, from + word.length))
}

/**
 * Compares the indicators that a text names with what is known of an attack. Indicators are words with a digit or a sign in them (addresses, paths, names of files, values): words of a
 * language are none, nor is the service by itself, and what is part of another is none of its own. A team that pastes a whole log names so many that few of them are seen.
 */
export function indicatorsSeen(
  text: string,
  { evidence, closedEvidence, loot }: Seen & Pick<AttackState, 'loot'>,
  service: string,
): Indicators {
  const ground = [evidence, closedEvidence]
    .flatMap((one) => (one ? [one.step, one.sent, one.received] : []))
    .concat(Object.values(loot ?? {}))
    .join('\n')
    .toLowerCase()
    .replaceAll(EVERYWHERE, '')
  const named = indicatorsIn(text, service)
  const seen = named.filter((word) => ground.includes(word))
  return { named: named.length, seen: seen.length, there: indicatorsIn(ground, service).length }
}

function indicatorsIn(text: string, service: string): readonly string[] {
  const words = [...new Set(text.toLowerCase().split(/[\s,;"'`<>()[\]{}]+/u))]
    .map((word) => word.replaceAll(/^[.:!?]+|[.:!?]+$/g, ''))
    .filter((word) => word.length >= LEAST && /[\d/._:=%@-]/.test(word) && !isService(word, service))
    .slice(0, NAMED_AT_MOST)
  const whole = words.toSorted((a, b) => b.length - a.length)
  return whole.filter((word, place) => !whole.slice(0, place).some((longer) => longer.includes(word)))
}

const isService = (word: string, service: string): boolean =>
  [service, `http://${service}`, `http://${service}/`].includes(word)
