import { useState } from 'react'
import { keyInExercise } from '../app/route.ts'

/** A terminal of a service as this page keeps it: its number stays, also when others are closed. */
export interface Slot {
  readonly n: number
  /** What it is called here; empty: by its number. */
  readonly name: string
}

/** Terminals of one service, and which of them are in sight: one, or two side by side, the one that was chosen last at the end. */
export interface Slots {
  readonly all: readonly Slot[]
  readonly shown: readonly number[]
}

export const FIRST: Slots = { all: [{ n: 1, name: '' }], shown: [1] }
/** As many as a team may have open of all services; more the server refuses. */
export const MOST_SLOTS = 8
export const NAME_LENGTH = 24

/** One more, in sight in place of the one that was chosen last. */
export function opened({ all, shown }: Slots): Slots {
  if (all.length >= MOST_SLOTS) return { all, shown }
  const n = [...Array(MOST_SLOTS).keys()]
    .map((at) => at + 1)
    .find((one) => all.every((slot) => slot.n !== one))
  return n === undefined
    ? { all, shown }
    : { all: [...all, { n, name: '' }].toSorted((a, b) => a.n - b.n), shown: [...shown.slice(0, -1), n] }
}

/** In sight, in place of the one that was chosen last where it is not yet. */
export const chosen = ({ all, shown }: Slots, n: number): Slots => ({
  all,
  shown: shown.includes(n) ? [...shown.filter((one) => one !== n), n] : [...shown.slice(0, -1), n],
})

/** Two side by side, the second a new one where there is no other; or one again. */
export function paired(slots: Slots): Slots {
  const first = slots.shown.at(-1)
  if (first === undefined) return slots
  if (slots.shown.length > 1) return { all: slots.all, shown: [first] }
  const other = slots.all.find(({ n }) => n !== first)
  const next = other ? slots : opened(slots)
  const second = other?.n ?? next.shown[0]
  return second === undefined ? slots : { all: next.all, shown: [first, second] }
}

/** Gone; the one before it comes in its place where none is in sight any more. */
export function closed({ all, shown }: Slots, n: number): Slots {
  const rest = all.filter((slot) => slot.n !== n)
  const still = shown.filter((one) => one !== n)
  const next = rest.findLast((slot) => slot.n < n) ?? rest[0]
  return { all: rest, shown: still.length === 0 && next ? [next.n] : still }
}

export const named = ({ all, shown }: Slots, n: number, name: string): Slots => ({
  all: all.map((slot) => (slot.n === n ? { n, name: name.trim().slice(0, NAME_LENGTH) } : slot)),
  shown,
})

/** Storage may be forbidden, and may hold anything. */
export function slotsOf(kept: string | null): Slots {
  try {
    const { all, shown } = JSON.parse(kept ?? '') as Slots
    const known = all.flatMap(({ n, name }) =>
      Number.isInteger(n) && n >= 1 && n <= MOST_SLOTS
        ? [{ n, name: String(name).slice(0, NAME_LENGTH) }]
        : [],
    )
    const numbers = new Set(known.map(({ n }) => n))
    if (numbers.size !== known.length) return FIRST
    const seen = [...new Set(shown)].filter((n) => numbers.has(n)).slice(0, 2)
    const [first] = known
    return { all: known, shown: seen.length === 0 && first ? [first.n] : seen }
  } catch {
    return FIRST
  }
}

/** Terminals of a service that this browser tab has open; a reload finds them again. */
export function useSlots(team: string, service: string): readonly [Slots, (to: Slots) => void] {
  const key = keyInExercise(`kilp.terminals.${team}.${service}`)
  const [slots, setSlots] = useState(() => slotsOf(read(key)))
  return [
    slots,
    (to) => {
      setSlots(to)
      try {
        sessionStorage.setItem(key, JSON.stringify(to))
      } catch {
        // Then it holds as long as the page.
      }
    },
  ]
}

function read(key: string): string | null {
  try {
    return sessionStorage.getItem(key)
  } catch {
    return null
  }
}
