import type { Stored } from '../exercise/ledger/upcast.ts'
import { sha256 } from './hashes.ts'

/**
 * The ledger of an export, `ledger.jsonl`: a line for each event, ended by a line feed, positions from 1 without a gap:
 *
 *     {"position":1,"type":"...","version":3,"at":0,"wall":1795424400000,"data":{...},"hash":"<64 hex digits>"}
 *
 * `hash` is SHA-256 of the hash of the line before it (its 64 hex digits, as ASCII) followed by the line's own UTF-8 text without `,"hash":"..."`, so with the closing brace. For the first line, the hash before
 * it is SHA-256 of `kilp ledger 1`, U+0000 and the exercise's id. Events are as they were stored, whatever version of Kilp wrote them, but for what `cleaned.ts` takes out.
 */
export const hashBeforeAll = (exerciseId: string): string => sha256(`kilp ledger 1\0${exerciseId}`)

export interface ChainedLine {
  readonly text: string
  readonly hash: string
}

/** The line of an event after the line whose hash is `before`, without its line feed. */
export function chainedLine(
  { position, type, version, at, wall, data }: Stored,
  before: string,
): ChainedLine {
  const text = JSON.stringify({ position, type, version, at, wall, data })
  const hash = sha256(`${before}${text}`)
  return { text: `${text.slice(0, -1)},"hash":"${hash}"}`, hash }
}

/** `,"hash":"` and 64 digits, `"}` */
const TAIL = /^,"hash":"([0-9a-f]{64})"}$/
const TAIL_BYTES = ',"hash":""}'.length + 64

/**
 * The event of a line, checked against the hash before it. Null: the line is not what its hash says. `line`: its bytes without the line feed, which are what is
 * hashed, so that no two texts pass for each other.
 */
export function readChained(
  line: Buffer,
  before: string,
): { readonly stored: Stored; readonly hash: string } | null {
  const [, hash] = TAIL.exec(line.toString('latin1', Math.max(0, line.length - TAIL_BYTES))) ?? []
  if (hash === undefined) return null
  const body = Buffer.concat([line.subarray(0, line.length - TAIL_BYTES), Buffer.from('}')])
  if (sha256(Buffer.concat([Buffer.from(before), body])) !== hash) return null
  return { stored: JSON.parse(body.toString('utf8')) as Stored, hash }
}

/** The event of a line that was checked before. */
export const eventOf = (line: Buffer): Stored => inOrder(JSON.parse(line.toString('utf8')) as Stored)

/** Fields in the order in which a store gives them, nothing else: what is folded keeps events, and is compared as text. */
export const inOrder = ({ type, version, at, data, position, wall }: Stored): Stored => ({
  type,
  version,
  at,
  data,
  position,
  wall,
})
