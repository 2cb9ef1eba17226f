import type { AttackState } from '../fold/state.ts'
import type { ReportFields } from '../scenario/report.ts'
import { kept } from './kept.ts'

/** Shorter words say nothing. */
const LEAST = 5
/** [SC22] So many of those that a team names are looked at: its people name a few, and every one is sought in every attack. */
const NAMED_AT_MOST = 100
/** So many of those that stand in what was sent and received. */
const THERE_AT_MOST = 500
/** Marks of parts of words, for each attack. */
const PARTS = 32_749

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
  return indicatorsIn(bare, service, THERE_AT_MOST)
    .map((word) => ({ word, from: ground.indexOf(word) }))
    .toSorted((a, b) => a.from - b.from)
    .map(({ word, from }) => read.slice(from, from + word.length))
}

type Known = Seen & Pick<AttackState, 'loot'>
type Told = Pick<ReportFields, 'indicators' | 'service'>

const named = new WeakMap<Told, readonly string[]>()

/**
 * Compares the indicators that a version of a report names, read once and not for every attack, with what is known of one. Indicators are words with a digit or a sign in them (addresses,
 * paths, names of files, values): words of a language are none, nor is the service by itself, and what is part of another is none of its own. A team that pastes a whole log names so many that
 * few of them are seen.
 */
export function indicatorsReported(fields: Told, attack: Known): Indicators {
  const { service } = fields
  const words = kept(named, fields, () => indicatorsIn(fields.indicators, service, NAMED_AT_MOST))
  const { text, parts, there } = kept(grounds, attack, () => {
    const ground = groundOf(attack)
    return { text: ground, parts: partsOf(ground), there: new Map() }
  })
  const count = there.get(service) ?? indicatorsIn(text, service, THERE_AT_MOST).length
  there.set(service, count)
  const seen = words.filter((word) => mayHave(parts, word) && text.includes(word))
  return { named: words.length, seen: seen.length, there: count }
}

/** What is known of an attack, as one text, which parts of words it may have, and how many indicators there are in it by the service that is none. */
interface Ground {
  readonly text: string
  readonly parts: Uint8Array
  readonly there: Map<string, number>
}
const grounds = new WeakMap<Known, Ground>()

const groundOf = ({ evidence, closedEvidence, loot }: Known): string =>
  [evidence, closedEvidence]
    .flatMap((one) => (one ? [one.step, one.sent, one.received] : []))
    .concat(Object.values(loot ?? {}))
    .join('\n')
    .toLowerCase()
    .replaceAll(EVERYWHERE, '')

function indicatorsIn(text: string, service: string, most: number): readonly string[] {
  const words = [...new Set(text.toLowerCase().split(/[\s,;"'`<>()[\]{}]+/u))]
    .map((word) => word.replaceAll(/^[.:!?]+|[.:!?]+$/g, ''))
    .filter((word) => word.length >= LEAST && /[\d/._:=%@-]/.test(word) && !isService(word, service))
    .slice(0, most)
  const whole = words.toSorted((a, b) => b.length - a.length)
  // No word has a space in it: what is part of a longer one stands in their row before its own place.
  const row = whole.join(' ')
  let place = 0
  return whole.filter((word) => {
    const own = place
    place += word.length + 1
    return row.indexOf(word) === own
  })
}

/** Marks every part of a text that is as long as the shortest indicator: most of what is not there is told by that, without a search. */
function partsOf(text: string): Uint8Array {
  const parts = new Uint8Array(PARTS)
  for (let from = 0; from + LEAST <= text.length; from++) parts[partAt(text, from)] = 1
  return parts
}

function mayHave(parts: Uint8Array, word: string): boolean {
  for (let from = 0; from + LEAST <= word.length; from++) if (parts[partAt(word, from)] === 0) return false
  return true
}

/** The mark of a part. Several parts may have the same. */
function partAt(text: string, from: number): number {
  let mark = 0
  for (let at = from; at < from + LEAST; at++) mark = (Math.imul(mark, 31) + text.charCodeAt(at)) | 0
  return (Math.imul(mark, 0x9e3779b1) >>> 0) % PARTS
}

const isService = (word: string, service: string): boolean =>
  [service, `http://${service}`, `http://${service}/`].includes(word)
